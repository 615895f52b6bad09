// SPDX-License-Identifier: Apache-2.0
#include "progress.h"

#include "surroundings.h"

#include <cstdio>

#include <unistd.h>

namespace mailoscope::cli
{

Progress::Progress() : m_isTerminal(isTerminal(STDERR_FILENO)) {}

void Progress::show(const std::string &text)
{
    constexpr qint64 Interval = 80; // milliseconds: as fast as an eye can follow
    if (!m_isTerminal || (m_isShown && m_lastShown.elapsed() < Interval))
        return;
    std::fprintf(stderr, "\r%s\033[K", text.c_str());
    std::fflush(stderr);
    m_isShown = true;
    m_lastShown.start();
}

void Progress::clear()
{
    if (m_isShown) {
        std::fputs("\r\033[K", stderr);
        std::fflush(stderr);
    }
    m_isShown = false;
}

} // namespace mailoscope::cli
