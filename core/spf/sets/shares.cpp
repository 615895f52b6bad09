// SPDX-License-Identifier: Apache-2.0
#include "spf/sets/shares.h"

#include "spf/partition.h"

#include <algorithm>
#include <unordered_map>

namespace mailoscope::spf
{

namespace
{

bool isNetwork(const Mechanism &mechanism)
{
    return std::holds_alternative<Ip4>(mechanism) || std::holds_alternative<Ip6>(mechanism);
}

/// Literals in lower case; the letter case of a macro has a meaning (RFC 7208 section 7.3).
std::string lowered(const MacroString &string)
{
    std::string text = toText(string);
    if (!string.hasMacros()) {
        for (char &c : text)
            c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        if (text.ends_with('.'))
            text.pop_back();
    }
    return text;
}

class ShareCollector
{
public:
    std::vector<Share> run(const Node &root)
    {
        if (!root.record || root.status != NodeStatus::Ok)
            return {};
        const Record &record = *root.record->record;
        for (std::size_t i = 0; i < root.terms.size();) {
            const auto *directive = std::get_if<Directive>(&record.terms[i]);
            if (!directive || root.terms[i].dead != Dead::No) {
                ++i;
                continue;
            }
            i = isNetwork(directive->mechanism) ? takeNetworks(root, i) : takeTerm(root, *directive, i);
        }
        if (const auto redirect = indexOfRedirect(record)) {
            const TermNode &term = root.terms[*redirect];
            if (term.child)
                give(term, fixedSpelling(root, term), matchedBy(root, term), true);
        }
        return std::move(m_shares);
    }

private:
    /// The networks from `first` on that follow each other with one qualifier: taken in one go.
    std::size_t takeNetworks(const Node &root, std::size_t first)
    {
        const std::vector<Term> &terms = root.record->record->terms;
        const Qualifier qualifier = std::get<Directive>(terms[first]).qualifier();
        std::vector<Cidr> blocks;
        std::size_t end = first;
        for (; end < terms.size(); ++end) {
            const auto *directive = std::get_if<Directive>(&terms[end]);
            if (!directive || !isNetwork(directive->mechanism) || directive->qualifier() != qualifier)
                break;
            forEachBlock(terms[end], root.terms[end], [&](const Cidr &block) { blocks.push_back(block); });
        }
        give(root.terms[first], {}, AddressSet::of(blocks), qualifier == Qualifier::Pass);
        return end;
    }

    std::size_t takeTerm(const Node &root, const Directive &directive, std::size_t index)
    {
        const TermNode &term = root.terms[index];
        give(term, fixedSpelling(root, term), matchedBy(root, term),
             directive.qualifier() == Qualifier::Pass);
        if (term.child) {
            // RFC 7208 section 5.2: these end the check.
            for (const CheckResult error :
                 {CheckResult::TempError, CheckResult::PermError, CheckResult::None})
                m_decided = m_decided.united(term.child->addresses.of(error));
        }
        return index + 1;
    }

    void give(const TermNode &term, std::string name, const AddressSet &addresses, bool passes)
    {
        const AddressSet fresh = addresses.without(m_decided);
        m_decided = m_decided.united(fresh);
        if (!passes)
            return;
        const auto [place, isNew] = m_placeOf.try_emplace(name, m_shares.size());
        if (isNew)
            m_shares.push_back({std::move(name), term.child ? term.target : std::nullopt, {}});
        AddressSet &share = m_shares[place->second].passes;
        share = share.united(fresh);
    }

    AddressSet m_decided;
    std::vector<Share> m_shares;
    std::unordered_map<std::string, std::size_t> m_placeOf;
};

} // namespace

AddressSet matchedBy(const Node &node, const TermNode &term)
{
    const Term &written = node.record->record->terms[term.index];
    const Mechanism *mechanism = mechanismOf(written);
    if (term.child)
        return term.child->addresses.of(CheckResult::Pass);
    if (!mechanism)
        return {};
    if (std::holds_alternative<All>(*mechanism))
        return AddressSet::all();
    // RFC 7208 section 5.7: a name that is the same for all clients matches all of them or none.
    if (std::holds_alternative<Exists>(*mechanism))
        return term.target && term.status == TermStatus::Ok && !term.dependsOnClient ? AddressSet::all()
                                                                                     : AddressSet();
    std::vector<Cidr> blocks;
    forEachBlock(written, term, [&](const Cidr &block) { blocks.push_back(block); });
    return AddressSet::of(blocks);
}

std::vector<Share> sharesOf(const Node &root)
{
    return ShareCollector().run(root);
}

std::string fixedSpelling(const Node &node, const TermNode &term)
{
    const Term &written = node.record->record->terms[term.index];
    if (const auto *redirect = std::get_if<Redirect>(&written))
        return "redirect=" + lowered(redirect->domain);
    const Mechanism *mechanism = mechanismOf(written);
    if (!mechanism)
        return toText(written);
    std::string text(mechanismName(*mechanism));
    const MacroString *spec = domainSpecOf(*mechanism);
    if (spec)
        text += ':' + lowered(*spec);
    // A target that is left out is the record's own domain (RFC 7208 sections 5.3 to 5.5).
    const bool takesDomain = std::holds_alternative<A>(*mechanism) ||
                             std::holds_alternative<Mx>(*mechanism) ||
                             std::holds_alternative<Ptr>(*mechanism);
    if (!spec && takesDomain)
        text += ':' + node.domain.text();
    const auto *a = std::get_if<A>(mechanism);
    const auto *mx = std::get_if<Mx>(mechanism);
    if (a || mx) {
        const DualCidr &cidr = a ? a->cidr : mx->cidr;
        if (cidr.length(IpFamily::V4) != addressBits(IpFamily::V4))
            text += '/' + std::to_string(cidr.length(IpFamily::V4));
        if (cidr.length(IpFamily::V6) != addressBits(IpFamily::V6))
            text += "//" + std::to_string(cidr.length(IpFamily::V6));
    }
    const auto *ip4 = std::get_if<Ip4>(mechanism);
    const auto *ip6 = std::get_if<Ip6>(mechanism);
    if (ip4 || ip6) {
        const Cidr network = ip4 ? ip4->network() : ip6->network();
        text += ':' + Cidr{network.first(), network.prefixLength}.toString();
    }
    return text;
}

} // namespace mailoscope::spf
