#pragma once
// How a shell's coroutines end: an exception that gets out of one is a broken invariant and goes on to
// whoever runs the io_context.

#include <exception>

namespace cticonnector::net {

inline void rethrow(std::exception_ptr error) {
    if (error) std::rethrow_exception(error);
}

}  // namespace cticonnector::net
