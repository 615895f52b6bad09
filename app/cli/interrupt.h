// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>

#include <functional>

namespace mailoscope::cli
{

/// Calls `interrupted` from the event loop at the first SIGINT or SIGTERM; the second one ends the program at
/// once.
class Interrupt : public QObject
{
    Q_OBJECT
public:
    explicit Interrupt(std::function<void()> interrupted, QObject *parent = nullptr);
    ~Interrupt() override;

private:
    void arrived();

    std::function<void()> m_interrupted;
};

} // namespace mailoscope::cli
