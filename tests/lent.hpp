#pragma once
// Settings that a test goes on writing to, as the rooms under test read them.

#include <memory>

namespace cticonnector::testing {

template <class T>
std::shared_ptr<const T> lent(const T& value) {
    return {std::shared_ptr<void>{}, &value};
}

}  // namespace cticonnector::testing
