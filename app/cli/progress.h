// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QElapsedTimer>

#include <string>

namespace mailoscope::cli
{

/// One line on standard error that counts look-ups, where standard error is a terminal; nothing elsewhere.
class Progress
{
public:
    Progress();
    ~Progress() { clear(); }
    Progress(const Progress &) = delete;
    Progress &operator=(const Progress &) = delete;

    void show(const std::string &text);
    void clear();

private:
    bool m_isTerminal;
    bool m_isShown = false;
    QElapsedTimer m_lastShown;
};

} // namespace mailoscope::cli
