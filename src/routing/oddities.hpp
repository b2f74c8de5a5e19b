#pragma once
// What the other side said that fits nothing: a reply of the wrong kind, an id that names nothing. The rooms
// gather them here, the shell takes them away and writes each as a line of its log (cc.unexpected). Pure.

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cticonnector::routing {

struct Oddity {
    std::string message;  ///< its name
    std::string agent;    ///< whom it was about, if that is known
    std::string text;     ///< what is odd about it, and what happens next
};

class Oddities {
  public:
    void unexpected(std::string_view message, std::string text, std::string agent = {}) {
        found_.push_back({std::string(message), std::move(agent), std::move(text)});
    }
    std::vector<Oddity> take() { return std::exchange(found_, {}); }

  private:
    std::vector<Oddity> found_;
};

}  // namespace cticonnector::routing
