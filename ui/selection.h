// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/spf_place.h"

#include <QObject>

#include <optional>

namespace mailoscope::ui
{

/// What the user looks at: one place of the include tree, and the finding that led there, if one did. Shared
/// by the tree, the record, the details, the findings and the look-ups.
class Selection : public QObject
{
    Q_OBJECT
public:
    explicit Selection(QObject *parent = nullptr) : QObject(parent) {}

    const TermPath &path() const { return m_path; }
    const std::optional<Finding> &finding() const { return m_finding; }

    void selectPath(const TermPath &path);
    /// Goes to the place of its first evidence that has one; other findings leave the place as it is.
    void selectFinding(const Finding &finding);
    void clear();

Q_SIGNALS:
    void changed();

private:
    TermPath m_path;
    std::optional<Finding> m_finding;
};

} // namespace mailoscope::ui
