#include "scripted_names.hpp"

#include <dlfcn.h>
#include <gtest/gtest.h>
#include <netdb.h>

#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <set>

namespace {

struct Service {
    std::mutex mutex;
    std::condition_variable changed;
    std::map<std::string, std::vector<std::string>> names;
    std::set<std::string> hanging;
    std::map<std::string, int> asked;
};
Service& service() {
    static Service& the_service = *new Service;  // look-ups may outlive main()
    return the_service;
}

int system_lookup(const char* node, const char* port, const addrinfo* hints, addrinfo** result) {
    using Function = int (*)(const char*, const char*, const addrinfo*, addrinfo**);
    static const auto function = reinterpret_cast<Function>(dlsym(RTLD_NEXT, "getaddrinfo"));
    return function(node, port, hints, result);
}

/// The results of several look-ups, one behind the other; the system frees them one by one.
int all_of(const std::vector<std::string>& addresses, const char* port, const addrinfo* hints,
           addrinfo** result) {
    *result = nullptr;
    addrinfo** end = result;
    for (const std::string& address : addresses) {
        if (const int error = system_lookup(address.c_str(), port, hints, end)) return error;
        while (*end) end = &(*end)->ai_next;
    }
    return *result ? 0 : EAI_NONAME;
}

}  // namespace

/// In place of the C library's.
extern "C" int getaddrinfo(const char* node, const char* port, const addrinfo* hints, addrinfo** result) {
    std::unique_lock lock(service().mutex);
    const std::string name = node ? node : "";
    const auto found = service().names.find(name);
    if (found == service().names.end()) {
        lock.unlock();
        return system_lookup(node, port, hints, result);
    }
    ++service().asked[name];
    service().changed.notify_all();
    const auto addresses = found->second;
    service().changed.wait(lock, [&] { return !service().hanging.contains(name); });
    lock.unlock();
    return all_of(addresses, port, hints, result);
}

namespace cticonnector::testing {

ScriptedNames::~ScriptedNames() {
    const std::scoped_lock lock(service().mutex);
    service().names.clear();
    service().hanging.clear();
    service().asked.clear();
    service().changed.notify_all();
}
void ScriptedNames::set(const std::string& name, std::vector<std::string> addresses) {
    const std::scoped_lock lock(service().mutex);
    service().names[name] = std::move(addresses);
}
void ScriptedNames::hang(const std::string& name) {
    const std::scoped_lock lock(service().mutex);
    service().hanging.insert(name);
}
void ScriptedNames::let_go(const std::string& name) {
    const std::scoped_lock lock(service().mutex);
    service().hanging.erase(name);
    service().changed.notify_all();
}
int ScriptedNames::asked(const std::string& name) const {
    const std::scoped_lock lock(service().mutex);
    const auto found = service().asked.find(name);
    return found == service().asked.end() ? 0 : found->second;
}
void ScriptedNames::await_asked(const std::string& name) const {
    std::unique_lock lock(service().mutex);
    EXPECT_TRUE(service().changed.wait_for(lock, std::chrono::seconds{20}, [&] {
        return service().asked.contains(name);
    })) << name;
}

}  // namespace cticonnector::testing
