// SPDX-License-Identifier: Apache-2.0
#include "report/surroundings.h"

#include "providers/providers.h"

#include <algorithm>
#include <set>

namespace mailoscope
{

namespace
{

void addProviders(const spf::Node &node, std::set<std::string> &names)
{
    for (const spf::TermNode &term : node.terms) {
        if (!term.child)
            continue;
        if (const auto provider = providers::forSpfTarget(term.child->domain))
            names.emplace(provider->name);
        addProviders(*term.child, names);
    }
}

} // namespace

std::vector<std::string> providersSeen(const mx::Evaluation &mx, const spf::Evaluation &spf)
{
    std::set<std::string> names;
    for (const mx::Host &host : mx.hosts) {
        if (const auto provider = providers::forMxHost(host.name))
            names.emplace(provider->name);
    }
    addProviders(spf.root, names);
    return {names.begin(), names.end()};
}

std::optional<bool> saysNobodySends(const spf::Evaluation &spf)
{
    if (spf.pending || spf.status == spf::Evaluation::Status::TempError)
        return std::nullopt;
    return spf.status == spf::Evaluation::Status::Ok && spf.finalAll == spf::Qualifier::Fail &&
           spf.root.terms.size() == 1;
}

std::optional<bool> takesMail(const mx::Evaluation &mx)
{
    if (mx.pending || mx.status == mx::Evaluation::Status::TempError)
        return std::nullopt;
    return !mx.nullMx && (mx.implicitMx || !mx.hosts.empty());
}

std::optional<bool> anyKeyFound(const dkim::Evaluation &dkim)
{
    if (dkim.status == dkim::Evaluation::Status::Ok)
        return true;
    if (dkim.pending || dkim.status == dkim::Evaluation::Status::TempError ||
        dkim.status == dkim::Evaluation::Status::NotChecked)
        return std::nullopt;
    return false;
}

bool isParked(const Report &report)
{
    return saysNobodySends(report.spf).value_or(false) && report.mx.nullMx;
}

} // namespace mailoscope
