// SPDX-License-Identifier: Apache-2.0
#include "spf/sets/packing.h"

#include <algorithm>

namespace mailoscope::spf
{

namespace
{

constexpr std::string_view Version = "v=spf1";
constexpr std::string_view ChainEnd = " -all";
constexpr std::size_t MaxChainNumber = 99;
constexpr std::size_t HeaderOctets = 12;
constexpr std::size_t RecordHeader = 2 + 10; // compressed owner name; type, class, TTL, length
constexpr std::size_t StringOctets = 255;    // RFC 1035 section 3.3

std::size_t wireOctets(std::size_t text)
{
    return RecordHeader + text + std::max<std::size_t>((text + StringOctets - 1) / StringOctets, 1);
}

/// The longest text that is safe at a name, with `otherData` octets of other TXT data there and an answer
/// that is `otherAnswer` octets long without it; 0 where there is no room.
std::size_t safeLength(const DomainName &name, std::size_t otherData, std::size_t otherAnswer)
{
    const std::size_t taken = name.text().size() + otherData;
    std::size_t length = taken >= SafeDataOctets ? 0 : SafeDataOctets - taken;
    while (length > 0 && otherAnswer + wireOctets(length) > SafeAnswerOctets)
        --length;
    return length;
}

std::size_t emptyAnswerOctets(const DomainName &name)
{
    return HeaderOctets + name.text().size() + 2 + 4;
}

std::size_t safeLengthOf(const Evaluation &evaluation)
{
    const std::size_t text = evaluation.root.selection.text.size();
    const std::size_t strings = evaluation.root.selection.stringEnds.size() + 1;
    const std::size_t own = RecordHeader + text + strings;
    return safeLength(evaluation.domain, evaluation.txtOctets - std::min(text, evaluation.txtOctets),
                      evaluation.answerOctets - std::min(own, evaluation.answerOctets));
}

/// Names for new records, as far as they are free.
class ChainNames
{
public:
    ChainNames(const DomainName &domain, FactSource &facts) : m_domain(domain), m_facts(facts) {}

    /// The next name; null where there is none.
    const DomainName *at(std::size_t index)
    {
        while (m_names.size() <= index && m_number < MaxChainNumber) {
            const auto name = m_domain.prefixed("_spf" + std::to_string(++m_number));
            if (!name)
                return nullptr;
            if (isFree(*name))
                m_names.push_back(*name);
        }
        return index < m_names.size() ? &m_names[index] : nullptr;
    }
    bool isPending() const { return m_isPending; }
    bool isUnchecked() const { return m_isUnchecked; }

private:
    bool isFree(const DomainName &name)
    {
        const dns::Answer *answer = m_facts.dns(name, dns::RrType::TXT);
        m_isPending = m_isPending || !answer;
        if (!answer)
            return true;
        m_isUnchecked = m_isUnchecked || dns::isTemporaryFailure(answer->outcome);
        if (!answer->aliases.empty())
            return false;
        return answer->outcome != dns::Outcome::Answered || isOfWildcard(*answer);
    }

    // RFC 4592: the answer is made up for names that do not exist.
    bool isOfWildcard(const dns::Answer &answer)
    {
        const auto wildcard = m_domain.prefixed("*");
        const dns::Answer *others = wildcard ? m_facts.dns(*wildcard, dns::RrType::TXT) : nullptr;
        if (!others || others->records.size() != answer.records.size())
            return false;
        return std::equal(answer.records.begin(), answer.records.end(), others->records.begin(),
                          [](const auto &a, const auto &b) { return a.data == b.data; });
    }

    const DomainName &m_domain;
    FactSource &m_facts;
    std::vector<DomainName> m_names;
    std::size_t m_number = 0;
    bool m_isPending = false;
    bool m_isUnchecked = false;
};

/// What one way of dividing gives.
struct Division {
    std::vector<std::vector<bool>> staysInRoot; ///< for each group and block
    struct Chained {
        std::size_t group;
        std::string text;
    };
    std::vector<Chained> chained;
    bool isImpossible = false; ///< not even the includes fit, or a name has no room for a network
};

class Packer
{
public:
    Packer(const Evaluation &evaluation, const Draft &draft, FactSource &facts, const Limits &limits)
        : m_evaluation(evaluation), m_draft(draft), m_names(evaluation.domain, facts), m_limits(limits)
    {
        for (const NetworkGroup &group : draft.groups) {
            std::vector<std::string> texts;
            for (const Cidr &block : group.blocks)
                texts.push_back(' ' + toText(Term(networkTerm(Qualifier::Pass, block))));
            m_texts.push_back(std::move(texts));
        }
        m_base = Version.size();
        for (const Draft::Part &part : draft.parts)
            m_base += part.isGroup ? 0 : 1 + toText(part.term).size();
        const auto longest = evaluation.domain.prefixed("_spf" + std::to_string(MaxChainNumber));
        m_chainRoom = longest ? safeLength(*longest, 0, emptyAnswerOctets(*longest)) : 0;
    }

    Result<Packed, Refusal> run()
    {
        const std::size_t safe = safeLengthOf(m_evaluation);
        const std::size_t room = std::max(safe, m_evaluation.root.selection.text.size());
        std::string whole = toText(m_draft.record());
        if (whole.size() <= room) {
            const bool isOver = whole.size() > safe;
            return checked(Packed{std::move(whole), {}, false, isOver});
        }
        const int left = m_limits.lookups - m_draft.lookups;
        std::size_t needed = 1;
        for (std::size_t records = 1; records <= MaxChainNumber; records = std::max(records + 1, needed)) {
            const Result<Division, Refusal> division = bestDivision(records, room);
            if (!division)
                return division.error();
            if (division->isImpossible)
                return Refusal{
                    Refusal::Why::TooManyRecords, {}, static_cast<int>(records), left, m_draft.blockCount()};
            needed = division->chained.size();
            if (needed > records)
                continue;
            if (static_cast<int>(needed) > left)
                break;
            Packed packed = written(*division);
            packed.isOverSafeSize = packed.text.size() > safe;
            return checked(std::move(packed));
        }
        return Refusal{
            Refusal::Why::TooManyRecords, {}, static_cast<int>(needed), left, m_draft.blockCount()};
    }

private:
    Result<Packed, Refusal> checked(Packed packed) const
    {
        const int lookups = m_draft.lookups + static_cast<int>(packed.chain.size());
        if (lookups > m_limits.lookups || m_draft.voids.worst() > m_limits.voidLookups)
            return Refusal{Refusal::Why::OverLimits, {}, lookups, 0, 0};
        if (m_names.isPending())
            return Refusal{};
        packed.namesUnchecked = m_names.isUnchecked();
        return packed;
    }

    std::size_t writtenLength(const NetworkGroup &group, const std::string &text) const
    {
        return text.size() + (group.qualifier == Qualifier::Pass ? 0 : 1);
    }

    /// With the networks that the record had before in the record itself; where that takes more records than
    /// are allowed, with as many others as fit.
    Result<Division, Refusal> bestDivision(std::size_t records, std::size_t room)
    {
        Result<Division, Refusal> division = divide(records, room, true);
        if (division && !division->isImpossible && division->chained.size() > records)
            return divide(records, room, false);
        return division;
    }

    Result<Division, Refusal> divide(std::size_t records, std::size_t room, bool ownOnly)
    {
        Division division;
        std::size_t taken = m_base;
        for (std::size_t i = 0; i < records; ++i) {
            const DomainName *name = m_names.at(i);
            if (!name)
                return Refusal{Refusal::Why::NameTooLong, {}, 0, 0, 0};
            taken += std::string_view(" ?include:").size() + name->text().size();
        }
        division.isImpossible = taken > room;
        if (division.isImpossible)
            return division;
        for (const NetworkGroup &group : m_draft.groups)
            division.staysInRoot.emplace_back(group.blocks.size(), false);
        for (const bool own : {true, false}) {
            for (std::size_t g = 0; g < m_draft.groups.size() && (own || !ownOnly); ++g)
                fillRoot(g, own, room, taken, division.staysInRoot[g]);
        }
        for (std::size_t g = 0; g < m_draft.groups.size(); ++g)
            chainGroup(g, division);
        return division;
    }

    void fillRoot(std::size_t g, bool own, std::size_t room, std::size_t &taken,
                  std::vector<bool> &stays) const
    {
        const NetworkGroup &group = m_draft.groups[g];
        for (std::size_t i = 0; i < group.blocks.size(); ++i) {
            const std::size_t length = writtenLength(group, m_texts[g][i]);
            if (group.isOwn[i] != own || taken + length > room)
                continue;
            stays[i] = true;
            taken += length;
        }
    }

    void chainGroup(std::size_t g, Division &division) const
    {
        std::string text(Version);
        const auto close = [&] {
            if (text.size() > Version.size())
                division.chained.push_back({g, text + std::string(ChainEnd)});
            text = Version;
        };
        for (std::size_t i = 0; i < m_texts[g].size(); ++i) {
            if (division.staysInRoot[g][i])
                continue;
            if (text.size() + m_texts[g][i].size() + ChainEnd.size() > m_chainRoom)
                close();
            division.isImpossible =
                division.isImpossible || text.size() + m_texts[g][i].size() + ChainEnd.size() > m_chainRoom;
            text += m_texts[g][i];
        }
        close();
    }

    Packed written(const Division &division)
    {
        Packed packed;
        std::vector<std::string> includes(m_draft.groups.size());
        for (const Division::Chained &chained : division.chained) {
            const DomainName &name = *m_names.at(packed.chain.size());
            const Qualifier qualifier = m_draft.groups[chained.group].qualifier;
            std::string &text = includes[chained.group];
            text += ' ';
            if (qualifier != Qualifier::Pass)
                text += toCharacter(qualifier);
            text += "include:" + name.text();
            packed.chain.push_back({name, chained.text});
        }
        packed.text = Version;
        for (const Draft::Part &part : m_draft.parts) {
            if (!part.isGroup) {
                packed.text += ' ' + toText(part.term);
            } else if (division.staysInRoot[part.group][part.block]) {
                const NetworkGroup &group = m_draft.groups[part.group];
                packed.text += ' ' + toText(Term(networkTerm(group.qualifier, group.blocks[part.block])));
            } else {
                packed.text += includes[part.group];
                includes[part.group].clear();
            }
        }
        return packed;
    }

    const Evaluation &m_evaluation;
    const Draft &m_draft;
    ChainNames m_names;
    const Limits &m_limits;
    std::vector<std::vector<std::string>> m_texts; ///< for each group and block, with a blank in front
    std::size_t m_base = 0;                        ///< octets of the record without any network
    std::size_t m_chainRoom = 0; ///< the longest text of a further record, for the longest name it can have
};

} // namespace

Result<Packed, Refusal> pack(const Evaluation &evaluation, const Draft &draft, FactSource &facts,
                             const Limits &limits)
{
    return Packer(evaluation, draft, facts, limits).run();
}

} // namespace mailoscope::spf
