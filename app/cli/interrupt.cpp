// SPDX-License-Identifier: Apache-2.0
#include "interrupt.h"

#include <QSocketNotifier>

#include <array>
#include <csignal>

#include <fcntl.h>
#include <unistd.h>

namespace mailoscope::cli
{

namespace
{

// A signal handler may do next to nothing: it wakes the event loop through a pipe.
std::array<int, 2> s_pipe = {-1, -1};

void handleSignal(int signal)
{
    std::signal(signal, SIG_DFL);
    const char octet = 1;
    [[maybe_unused]] const ssize_t written = write(s_pipe[1], &octet, 1);
}

} // namespace

Interrupt::Interrupt(std::function<void()> interrupted, QObject *parent)
    : QObject(parent), m_interrupted(std::move(interrupted))
{
    if (pipe(s_pipe.data()) != 0)
        return;
    for (const int end : s_pipe) { // pipe2() does it in one call, but not on every system
        fcntl(end, F_SETFD, FD_CLOEXEC);
        fcntl(end, F_SETFL, O_NONBLOCK);
    }
    auto *notifier = new QSocketNotifier(s_pipe[0], QSocketNotifier::Read, this);
    connect(notifier, &QSocketNotifier::activated, this, &Interrupt::arrived);
    std::signal(SIGINT, handleSignal);
    std::signal(SIGTERM, handleSignal);
}

Interrupt::~Interrupt()
{
    std::signal(SIGINT, SIG_DFL);
    std::signal(SIGTERM, SIG_DFL);
    for (int &end : s_pipe) {
        if (end >= 0)
            close(end);
        end = -1;
    }
}

void Interrupt::arrived()
{
    char octet = 0;
    if (read(s_pipe[0], &octet, 1) == 1)
        m_interrupted();
}

} // namespace mailoscope::cli
