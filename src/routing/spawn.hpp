#pragma once
// Starts a coroutine whose exceptions are broken invariants: they leave the loop.

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <exception>
#include <utility>

namespace cticonnector::routing {

template <class Executor>
void spawn(const Executor& executor, boost::asio::awaitable<void> coroutine) {
    boost::asio::co_spawn(executor, std::move(coroutine), [](std::exception_ptr error) {
        if (error) std::rethrow_exception(error);
    });
}

}  // namespace cticonnector::routing
