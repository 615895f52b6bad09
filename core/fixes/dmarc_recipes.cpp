// SPDX-License-Identifier: Apache-2.0
// What mends a DMARC record. A policy is tightened one step at a time.
#include "base/ascii.h"
#include "dmarc/record.h"
#include "fixes/text_edit.h"
#include "fixes/workshop.h"

#include <algorithm>
#include <array>

namespace mailoscope::fixes
{

namespace
{

constexpr std::string_view RejectAll = "v=DMARC1; p=reject; sp=reject; np=reject; adkim=s; aspf=s";

std::string reportUri(const Workshop &workshop, std::string_view mailbox)
{
    return "mailto:" + std::string(mailbox) + '@' + workshop.domain().text();
}

void addObstacles(Draft &draft, const std::vector<Obstacle> &obstacles)
{
    draft.obstacles.insert(draft.obstacles.end(), obstacles.begin(), obstacles.end());
}

std::optional<Draft> dropTag(const Workshop &workshop, const Finding &finding)
{
    return withoutShownTag(workshop, finding, "dmarc.drop-tag");
}

/// Receivers of RFC 7489 come to act on all mail where they acted on a part of it.
std::optional<Draft> dropShare(const Workshop &workshop, const Finding &finding)
{
    auto draft = dropTag(workshop, finding);
    const auto percent = finding.arguments.find("percent");
    const bool isWhole =
        percent != finding.arguments.end() && percent->second == ArgumentValue(std::int64_t{100});
    if (!draft || isWhole)
        return draft;
    draft->recipe = "dmarc.drop-share";
    addObstacles(*draft, workshop.whereNothingAligns());
    return draft;
}

std::optional<Draft> setTag(const Workshop &workshop, const Finding &finding, std::string recipe,
                            const char *tag, std::string_view value)
{
    const Evidence &evidence = finding.evidence.front();
    auto draft = workshop.rewritten(std::move(recipe), evidence, withTag(evidence.record, tag, value));
    if (draft) {
        draft->arguments["tag"] = std::string(tag);
        draft->arguments["value"] = shown(value);
    }
    return draft;
}

std::optional<Draft> publishNone(const Workshop &workshop, const Finding &)
{
    const DomainName apex = workshop.report().dmarc.organizationalDomain.value_or(workshop.domain());
    const auto name = Workshop::below(apex, "_dmarc");
    if (!name)
        return std::nullopt;
    if (workshop.whereInUse().empty()) {
        return workshop.published("dmarc.publish-reject", *name, RejectAll);
    }
    std::string record = "v=DMARC1; p=none";
    if (workshop.takesMail())
        record += "; rua=" + reportUri(workshop, "dmarc-reports");
    Draft draft = workshop.published("dmarc.publish-none", *name, record);
    if (!workshop.takesMail())
        draft.obstacles.push_back(Obstacle::NoMailbox);
    return draft;
}

/// none → quarantine → reject (RFC 9989 section 5.5: only once reports show that wanted mail is aligned).
std::optional<Draft> tighten(const Workshop &workshop, const Finding &finding, const char *value)
{
    auto draft = setTag(workshop, finding, std::string("dmarc.") + value, "p", value);
    if (draft)
        addObstacles(*draft, workshop.whereNothingAligns());
    return draft;
}
/// Where it cannot be known yet what would be lost, t=y goes with the first step: receivers of RFC 9989 then
/// act as with none, and intermediaries begin to rewrite From (RFC 9989 section 4.7, appendix A.6). Those of
/// RFC 7489 do not know the tag and act at once, so that the gates stay shut all the same.
std::optional<Draft> toQuarantine(const Workshop &workshop, const Finding &finding)
{
    const std::string &record = finding.evidence.front().record;
    if (workshop.whereNothingAligns().empty() || readTagList(record).find("t"))
        return tighten(workshop, finding, "quarantine");
    auto draft = workshop.rewritten("dmarc.quarantine-test", finding.evidence.front(),
                                    withTag(withTag(record, "p", "quarantine"), "t", "y"));
    if (draft) {
        draft->meant = "dmarc.t.y";
        addObstacles(*draft, workshop.whereNothingAligns());
    }
    return draft;
}
std::optional<Draft> toReject(const Workshop &workshop, const Finding &finding)
{
    return tighten(workshop, finding, "reject");
}

/// A step towards what the record above would give.
std::optional<Draft> catchUp(const Workshop &workshop, const Finding &finding)
{
    const TagList list = readTagList(finding.evidence.front().record);
    const Tag *policy = list.find("p");
    const bool isQuarantine = policy && ascii::lowered(policy->value) == "quarantine";
    return tighten(workshop, finding, isQuarantine ? "reject" : "quarantine");
}

/// The subdomains get the policy of the domain; without sp they have it by themselves.
std::optional<Draft> dropWeakerSub(const Workshop &workshop, const Finding &finding)
{
    auto draft = dropTag(workshop, finding);
    if (draft) {
        draft->recipe = "dmarc.drop-sp";
        addObstacles(*draft, workshop.whereNothingAligns());
    }
    return draft;
}

/// Names that do not exist send no mail, so that this can hardly lose any.
std::optional<Draft> rejectNonexistent(const Workshop &workshop, const Finding &finding)
{
    return setTag(workshop, finding, "dmarc.np-reject", "np", "reject");
}

std::optional<Draft> endTest(const Workshop &workshop, const Finding &finding)
{
    auto draft = dropTag(workshop, finding);
    if (draft) {
        draft->recipe = "dmarc.end-test";
        addObstacles(*draft, workshop.whereNothingAligns());
    }
    return draft;
}

std::optional<Draft> addReports(const Workshop &workshop, const Finding &finding)
{
    auto draft = setTag(workshop, finding, "dmarc.add-rua", "rua", reportUri(workshop, "dmarc-reports"));
    if (draft && !workshop.takesMail())
        draft->obstacles.push_back(Obstacle::NoMailbox);
    return draft;
}

/// A policy word with a slip in it; sp and np can go, since p stands in for them.
std::optional<Draft> mendPolicy(const Workshop &workshop, const Finding &finding)
{
    const Evidence &evidence = finding.evidence.front();
    const TagList list = readTagList(evidence.record);
    for (const Tag &tag : list.tags) {
        if (tag.span.begin > evidence.span.begin || evidence.span.begin >= tag.span.end)
            continue;
        if (ascii::lowered(tag.name) != "p")
            return dropTag(workshop, finding);
        // As receivers take it today; the owner may mean more, but only the owner knows.
        return setTag(workshop, finding, "dmarc.write-none", tag.name.c_str(), "none");
    }
    return std::nullopt;
}

/// Tag names and fixed values in the letter case of the standard, and a colon after a name as the equals sign
/// it was meant to be.
std::string plainTags(std::string_view text)
{
    constexpr std::array<std::string_view, 13> Names = {"p",  "sp",  "np",  "t",   "psd", "adkim", "aspf",
                                                        "fo", "rua", "ruf", "pct", "ri",  "rf"};
    std::string plain;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(';'), text.size());
        std::string part(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
        const std::size_t begin = part.find_first_not_of(" \t");
        if (begin == std::string::npos)
            continue;
        part.erase(0, begin);
        const std::size_t separator = part.find_first_of("=:");
        std::string name = ascii::lowered(part.substr(0, separator));
        while (!name.empty() && (name.back() == ' ' || name.back() == '\t'))
            name.pop_back();
        if (separator != std::string::npos && std::find(Names.begin(), Names.end(), name) != Names.end()) {
            const std::string value = part.substr(separator + 1);
            part = name + '=' + (name == "rua" || name == "ruf" ? value : ascii::lowered(value));
        }
        plain += (plain.empty() ? "" : "; ") + part;
    }
    return plain;
}

/// The same record in the spelling that all readers understand.
std::optional<Draft> respell(const Workshop &workshop, const Finding &finding)
{
    const Evidence &evidence = finding.evidence.front();
    std::string text = evidence.record;
    const std::string lowered = ascii::lowered(text);
    const std::size_t version = lowered.find("v=dmarc1");
    if (version == std::string::npos)
        return std::nullopt;
    constexpr std::size_t VersionOctets = 8;
    std::string rest = text.substr(version + VersionOctets);
    if (version > 0 && text.find_first_not_of(" \t\"'\xef\xbb\xbf") < version) {
        // Tags stand before the version.
        rest = ';' + text.substr(0, version) + ';' + rest;
    }
    const std::size_t begin = rest.find_first_not_of(" \t;,:");
    rest = begin == std::string::npos ? std::string() : rest.substr(begin);
    while (!rest.empty() && (rest.back() == '"' || rest.back() == '\''))
        rest.pop_back();
    const dmarc::ParsedRecord parsed = dmarc::parse("v=DMARC1; " + plainTags(rest));
    if (!parsed.record ||
        (dmarc::usabilityOf(*parsed.record) == dmarc::Usability::NoProcessing && !parsed.record->rua))
        return std::nullopt; // nothing would be left of what its owner wants
    return workshop.rewritten("dmarc.respell", evidence, dmarc::toText(*parsed.record));
}

/// Without a policy tag receivers act as if it said none; so it may say it. One in a
/// capital letter is no policy tag, but is meant.
std::optional<Draft> writeNone(const Workshop &workshop, const Finding &finding)
{
    const TagList list = readTagList(finding.evidence.front().record);
    if (std::any_of(list.tags.begin(), list.tags.end(), [](const Tag &tag) { return tag.name == "P"; })) {
        if (auto draft = respell(workshop, finding))
            return draft;
    }
    return setTag(workshop, finding, "dmarc.write-none", "p", "none");
}

/// Of several records none counts. The one with the weakest policy stays, so that no mail is lost by it.
std::optional<Draft> keepOne(const Workshop &workshop, const Finding &finding)
{
    const Evidence *kept = nullptr;
    std::optional<dmarc::Policy> weakest;
    for (const Evidence &evidence : finding.evidence) {
        const dmarc::ParsedRecord parsed = dmarc::parse(evidence.record);
        if (!parsed.record || dmarc::usabilityOf(*parsed.record) != dmarc::Usability::Normal ||
            !parsed.record->p)
            continue;
        if (!weakest || *parsed.record->p->value < *weakest) {
            weakest = *parsed.record->p->value;
            kept = &evidence;
        }
    }
    if (!kept)
        return std::nullopt;
    Draft draft;
    draft.recipe = "record.keep-one";
    draft.arguments["name"] = kept->name;
    draft.arguments["record"] = shown(kept->record);
    bool keptOnce = false;
    for (const Evidence &evidence : finding.evidence) {
        if (evidence.record == kept->record && !keptOnce) {
            keptOnce = true;
            continue;
        }
        const auto gone = workshop.changeOf(evidence, std::nullopt);
        if (!gone)
            return std::nullopt;
        draft.changes.emplace_back(*gone);
    }
    return draft;
}

/// The URI at the place, with one comma.
std::string withoutUri(const std::string &text, Span span)
{
    std::size_t begin = span.begin;
    std::size_t end = span.end;
    if (end < text.size() && text[end] == ',') {
        ++end;
    } else {
        while (begin > 0 && (text[begin - 1] == ' ' || text[begin - 1] == '\t'))
            --begin;
        if (begin > 0 && text[begin - 1] == ',')
            --begin;
    }
    return replaced(text, {begin, end}, "");
}

std::optional<Draft> mendUri(const Workshop &workshop, const Finding &finding)
{
    const Evidence &evidence = finding.evidence.front();
    const std::string uri =
        evidence.record.substr(evidence.span.begin, evidence.span.end - evidence.span.begin);
    const bool isBareAddress = uri.find('@') != std::string::npos && uri.find(':') == std::string::npos &&
                               uri.find_first_of(" <>") == std::string::npos;
    if (isBareAddress)
        return workshop.rewritten("dmarc.mailto", evidence,
                                  replaced(evidence.record, evidence.span, "mailto:" + uri));
    const dmarc::ParsedRecord parsed = dmarc::parse(evidence.record);
    const bool isLast = parsed.record && parsed.record->rua && parsed.record->rua->size() < 2;
    return workshop.rewritten("dmarc.drop-uri", evidence,
                              isLast ? withoutPart(evidence.record, evidence.span.begin)
                                     : withoutUri(evidence.record, evidence.span));
}

std::optional<Draft> dropUri(const Workshop &workshop, const Finding &finding)
{
    const Evidence &evidence = finding.evidence.front();
    if (evidence.span.isEmpty())
        return std::nullopt;
    const std::string before = evidence.record.substr(0, evidence.span.begin);
    const std::size_t part = before.rfind(';');
    const std::size_t end = std::min(evidence.record.find(';', evidence.span.begin), evidence.record.size());
    const std::string tag = evidence.record.substr(part == std::string::npos ? 0 : part,
                                                   end - (part == std::string::npos ? 0 : part));
    const bool isAlone = tag.find(',') == std::string::npos;
    auto draft = workshop.rewritten("dmarc.drop-uri", evidence,
                                    isAlone ? withoutPart(evidence.record, evidence.span.begin)
                                            : withoutUri(evidence.record, evidence.span));
    if (draft)
        draft->arguments["uri"] =
            shown(evidence.record.substr(evidence.span.begin, evidence.span.end - evidence.span.begin));
    return draft;
}

std::optional<Draft> dropSize(const Workshop &workshop, const Finding &finding)
{
    const Evidence &evidence = finding.evidence.front();
    const std::size_t mark = evidence.record.find('!', evidence.span.begin);
    if (mark == std::string::npos)
        return std::nullopt;
    const std::size_t end = std::min(evidence.record.find_first_of(",; ", mark), evidence.record.size());
    return workshop.rewritten("dmarc.drop-size", evidence, replaced(evidence.record, {mark, end}, ""));
}

std::optional<Draft> authorise(const Workshop &workshop, const Finding &finding)
{
    const std::string argument = Workshop::argument(finding, "name");
    const std::string host = Workshop::argument(finding, "destination");
    std::optional<DomainName> name;
    if (argument.find("_report._dmarc") != std::string::npos) {
        if (const auto parsed = DomainName::parse(argument))
            name = *parsed;
    } else if (!host.empty()) {
        if (const auto parsed = DomainName::parse(host))
            name = Workshop::below(*parsed, workshop.domain().text() + "._report._dmarc");
    }
    if (!name)
        return std::nullopt;
    return workshop.published("dmarc.authorise", *name, "v=DMARC1");
}

std::optional<Draft> mendAuthorisation(const Workshop &workshop, const Finding &finding)
{
    const dns::ResourceRecord *record = workshop.find(finding.evidence.front());
    if (!record || record->type != dns::RrType::TXT)
        return std::nullopt;
    Draft draft;
    draft.recipe = "dmarc.authorise";
    draft.arguments["name"] = record->owner.text();
    draft.changes.emplace_back(
        RecordChange{record->owner, record->type, record->data, txtData("v=DMARC1"), record->ttl});
    if (!workshop.isOwn(record->owner))
        draft.obstacles.push_back(Obstacle::OthersRecord);
    return draft;
}

std::optional<Draft> dropSecondUri(const Workshop &workshop, const Finding &finding)
{
    auto draft = dropUri(workshop, finding);
    if (draft)
        draft->recipe = "dmarc.drop-second-uri";
    return draft;
}

/// Without an address for failure reports, fo says nothing.
std::optional<Draft> dropFailureUri(const Workshop &workshop, const Finding &finding)
{
    auto draft = dropUri(workshop, finding);
    if (!draft)
        return std::nullopt;
    draft->recipe = "dmarc.drop-ruf";
    auto &change = std::get<RecordChange>(draft->changes.front());
    std::string record = textOf(change.type, *change.after);
    const TagList list = readTagList(record);
    const Tag *options = list.find("fo");
    if (options && !list.find("ruf"))
        change.after = txtData(withoutPart(record, options->span.begin));
    return draft;
}

/// The alias leads to nothing; a record of one's own stands in its place.
std::optional<Draft> replaceAlias(const Workshop &workshop, const Finding &finding)
{
    auto draft = workshop.withdrawn("dmarc.replace-alias", finding.evidence.front());
    const auto name = DomainName::parse(finding.evidence.front().name);
    if (!draft || !name)
        return std::nullopt;
    std::string record = "v=DMARC1; p=none";
    if (workshop.takesMail())
        record += "; rua=" + reportUri(workshop, "dmarc-reports");
    draft->changes.emplace_back(
        RecordChange{*name, dns::RrType::TXT, std::nullopt, txtData(record), UsualTtl});
    draft->arguments["target"] = Workshop::argument(finding, "target");
    return draft;
}

/// To where receivers look for it.
std::optional<Draft> move(const Workshop &workshop, const Finding &finding)
{
    const Evidence &evidence = finding.evidence.front();
    auto draft = workshop.withdrawn("record.move", evidence);
    const auto name = workshop.below("_dmarc");
    if (!draft || !name)
        return std::nullopt;
    if (!workshop.report().dmarc.own() || !workshop.report().dmarc.own()->hasRecord()) {
        draft->changes.emplace_back(
            RecordChange{*name, dns::RrType::TXT, std::nullopt, txtData(evidence.record), UsualTtl});
        draft->arguments["to"] = name->text();
    } else {
        draft->recipe = "record.withdraw";
    }
    return draft;
}

std::optional<Draft> withdraw(const Workshop &workshop, const Finding &finding)
{
    return workshop.withdrawn("record.withdraw", finding.evidence.front());
}

std::optional<Draft> refuseAll(const Workshop &workshop, const Finding &finding)
{
    const Evidence &evidence = finding.evidence.front();
    const auto name = workshop.below("_dmarc");
    if (!name)
        return std::nullopt;
    std::optional<Draft> draft;
    if (evidence.record.empty()) {
        draft = workshop.published("dmarc.publish-reject", *name, RejectAll);
    } else {
        std::string record = withTag(evidence.record, "p", "reject");
        for (const char *tag : {"sp", "np"}) {
            if (const TagList tags = readTagList(record); tags.find(tag))
                record = withTag(record, tag, "reject");
        }
        if (const TagList tags = readTagList(record); const Tag *test = tags.find("t"))
            record = withoutPart(record, test->span.begin);
        draft = workshop.rewritten("dmarc.publish-reject", evidence, record);
    }
    if (draft)
        addObstacles(*draft, workshop.whereInUse());
    return draft;
}

} // namespace

std::vector<RecipeRow> dmarcRecipes()
{
    return {
        {"dmarc.cname.dangling", replaceAlias},
        {"dmarc.fo.invalid", dropTag},
        {"dmarc.fo.no-ruf", dropTag},
        {"dmarc.leading-space", respell},
        {"dmarc.missing", publishNone},
        {"dmarc.multiple", keepOne},
        {"dmarc.nosend.weak", refuseAll},
        {"dmarc.np.weaker", rejectNonexistent},
        {"dmarc.p.invalid", mendPolicy},
        {"dmarc.p.missing", writeNone},
        {"dmarc.p.none", toQuarantine},
        {"dmarc.p.not-second", respell},
        {"dmarc.p.quarantine", toReject},
        {"dmarc.pct.0", dropShare},
        {"dmarc.pct.obsolete", dropShare},
        {"dmarc.psd.misuse", dropTag},
        {"dmarc.rf-ri.obsolete", dropTag},
        {"dmarc.rua.auth-malformed", mendAuthorisation},
        {"dmarc.rua.duplicate", dropSecondUri},
        {"dmarc.rua.missing", addReports},
        {"dmarc.rua.no-mx", dropUri},
        {"dmarc.rua.registrable", dropUri},
        {"dmarc.rua.size", dropSize},
        {"dmarc.rua.unauthorised", authorise},
        {"dmarc.rua.uri", mendUri},
        {"dmarc.ruf.external", dropFailureUri},
        {"dmarc.sp.ineffective", dropTag},
        {"dmarc.sp.none", dropWeakerSub},
        {"dmarc.sp.weaker", dropWeakerSub},
        {"dmarc.spf-at-dmarc", withdraw},
        {"dmarc.subdomain.own-record", catchUp},
        {"dmarc.syntax", respell},
        {"dmarc.t.y", endTest},
        {"dmarc.tag.case", respell},
        {"dmarc.tag.duplicate", dropTag},
        {"dmarc.tag.invalid", dropTag},
        {"dmarc.tag.unknown", dropTag},
        {"dmarc.value.case", respell},
        {"dmarc.version", respell},
        {"dmarc.wrong-name", move},
        {"park.dmarc", refuseAll},
    };
}

} // namespace mailoscope::fixes
