// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dkim/evaluate.h"

#include <string>
#include <vector>

class QSettings;

namespace mailoscope::ui
{

/// DKIM selectors that were seen at a domain, kept in the settings for its next inspection. Selectors cannot
/// be listed, so one that was known once would otherwise have to be found again.
class RememberedSelectors
{
public:
    /// Domains, those inspected last; and selectors of each.
    static constexpr int MostDomains = 64;
    static constexpr int MostSelectors = 24;

    explicit RememberedSelectors(QSettings &settings) : m_settings(settings) {}

    bool isOn() const;
    /// What is remembered stays when it is turned off, unused.
    void setOn(bool on);
    std::vector<std::string> of(const DomainName &domain) const;
    /// Takes up those that were found, and those that the user or a message named.
    void takeUp(const dkim::Evaluation &dkim);
    bool isEmpty() const;
    void forgetAll();

private:
    QSettings &m_settings;
};

} // namespace mailoscope::ui
