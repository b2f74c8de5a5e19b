#pragma once
// How coroutines of shells are started. An exception that gets out of one is a broken invariant
// and goes on to whoever runs the io_context.

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <exception>
#include <utility>

namespace cticonnector::net {

/// From within the loop it begins here and now, up to its first wait; ends with the loop.
template <class Executor>
void spawn(const Executor& executor, boost::asio::awaitable<void> coroutine) {
    boost::asio::co_spawn(executor, std::move(coroutine), [](std::exception_ptr error) {
        if (error) std::rethrow_exception(error);
    });
}

}  // namespace cticonnector::net
