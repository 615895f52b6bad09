// SPDX-License-Identifier: Apache-2.0
#include "text/logo_text.h"

#include "bimi/svg_cost.h"
#include "report/fact_words.h"
#include "text/shown_string.h"

#include <QCoreApplication>

namespace mailoscope::ui
{

namespace
{

using bimi::Fetch;
using Kind = bimi::SvgFault::Kind;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Logo)
};

QString reasonText(const Fetch &fetch)
{
    if (fetch.outcome == https::Outcome::Answered)
        return Words::tr("the server answered with status %1").arg(fetch.httpStatus);
    return toQString(reasonOf(FactOutcome(fetch.outcome)));
}

LogoVerdict verdictOf(const bimi::Indicator &indicator)
{
    if (!indicator.check)
        return {
            false, Meaning::High,
            Words::tr("The logo is not drawn: the file is compressed, and what is inside cannot be read.")};
    const bimi::SvgCheck &check = *indicator.check;
    if (!check.isValid()) {
        const auto faults = std::count_if(check.faults.begin(), check.faults.end(),
                                          [](const bimi::SvgFault &fault) { return !isAdvice(fault.kind); });
        return {
            false, Meaning::High,
            Words::tr(
                "The logo is not drawn, because it does not pass the check against SVG Tiny PS: %n fault(s). "
                "Mailboxes refuse it likewise.",
                nullptr, static_cast<int>(faults))};
    }
    if (bimi::drawnElements(indicator.image) > bimi::MaxDrawnElements)
        return {
            false, Meaning::Medium,
            Words::tr(
                "The logo passes the check, but it is made of so many shapes that it is not drawn here.")};
    return {true, Meaning::Ok,
            Words::tr("The logo passes the check against SVG Tiny PS. This is how mailboxes would show it.")};
}

} // namespace

LogoVerdict logoVerdictOf(const Report &report)
{
    const bimi::Indicator &indicator = report.bimi.indicator;
    switch (indicator.fetch.status) {
    case Fetch::Status::NotNamed:
        return {false, Meaning::Info,
                Words::tr("The record names no logo file, so there is nothing to draw.")};
    case Fetch::Status::Pending:
        return {false, Meaning::Waiting, Words::tr("Waiting for the logo.")};
    case Fetch::Status::Ok:
        return verdictOf(indicator);
    case Fetch::Status::Failed:
        return {false, Meaning::High,
                Words::tr("The logo is not drawn, because it could not be fetched: %1.")
                    .arg(reasonText(indicator.fetch))};
    case Fetch::Status::Unknown:
        break;
    }
    if (indicator.fetch.outcome == https::Outcome::LeftOut)
        return {false, Meaning::NotTested,
                Words::tr("The logo is not drawn, because nothing was fetched over HTTPS.")};
    return {
        false, Meaning::Unknown,
        Words::tr("The logo is not drawn, because it is not known: %1.").arg(reasonText(indicator.fetch))};
}

QString wordsOf(Kind kind)
{
    switch (kind) {
    case Kind::TooLarge:
        return Words::tr("The file is larger than 32 KB.");
    case Kind::NotWellFormed:
        return Words::tr("This is not well-formed XML.");
    case Kind::Doctype:
        return Words::tr("A document type is forbidden.");
    case Kind::Entity:
        return Words::tr("Entities are forbidden.");
    case Kind::TooDeep:
        return Words::tr("The elements are nested too deeply.");
    case Kind::NotSvg:
        return Words::tr("The root element is not svg.");
    case Kind::NoNamespace:
        return Words::tr("The root element lacks the namespace of SVG.");
    case Kind::BadVersion:
        return Words::tr("The version must be 1.2.");
    case Kind::BadProfile:
        return Words::tr("The baseProfile must be tiny-ps.");
    case Kind::RootPosition:
        return Words::tr("The root element may have neither x nor y.");
    case Kind::TitleMissing:
        return Words::tr("There is no title.");
    case Kind::TitleEmpty:
        return Words::tr("The title is empty.");
    case Kind::TitleTemplate:
        return Words::tr("The title is the one that a tool put there.");
    case Kind::TitleMisplaced:
        return Words::tr("The title must be the first element in svg.");
    case Kind::TitleTwice:
        return Words::tr("There is more than one title.");
    case Kind::TitleLong:
        return Words::tr("The title is longer than 64 characters.");
    case Kind::Script:
        return Words::tr("Scripts are forbidden.");
    case Kind::Animation:
        return Words::tr("Animations are forbidden.");
    case Kind::External:
        return Words::tr("References to other places are forbidden.");
    case Kind::Bitmap:
        return Words::tr("Bitmaps are forbidden.");
    case Kind::UnknownElement:
        return Words::tr("SVG Tiny PS does not have this element here.");
    case Kind::UnknownAttribute:
        return Words::tr("SVG Tiny PS does not have this attribute here.");
    case Kind::BadValue:
        return Words::tr("SVG Tiny PS does not allow this value.");
    case Kind::ForeignElement:
        return Words::tr("Elements of other namespaces are forbidden.");
    case Kind::ForeignAttribute:
        return Words::tr("Attributes of other namespaces are forbidden.");
    case Kind::CharacterData:
        return Words::tr("No text may stand here.");
    case Kind::EmptyDescription:
        return Words::tr("A description may not be empty.");
    case Kind::NotSquare:
        return Words::tr("The logo is not square.");
    case Kind::NoViewBox:
        return Words::tr("Without a viewBox the logo cannot be scaled.");
    case Kind::RelativeSize:
        return Words::tr("Width and height should not be in percent.");
    case Kind::SmallSize:
        return Words::tr("Width and height should be 96 pixels at least.");
    case Kind::OneColour:
        return Words::tr("With one colour the sign may vanish on the ground behind it.");
    case Kind::Discouraged:
        return Words::tr("This is tolerated, but should not be there.");
    }
    return {};
}

OutlineTable faultsOf(const bimi::SvgCheck &check)
{
    OutlineTable table;
    table.id = "logoFaults";
    table.title = Words::tr("What the check of the logo found").toStdString();
    table.columns = {Words::tr("Line").toStdString(), Words::tr("Column").toStdString(),
                     Words::tr("Weight").toStdString(), Words::tr("What is wrong").toStdString(),
                     Words::tr("Where").toStdString()};
    for (const bimi::SvgFault &fault : check.faults) {
        const auto place = [&fault](std::size_t number) {
            return OutlineCell{fault.line == 0 ? std::string() : std::to_string(number), Mark::None, false};
        };
        const bool isAdvice = bimi::isAdvice(fault.kind);
        std::string where = fault.element.empty() ? std::string() : '<' + fault.element + '>';
        if (!fault.attribute.empty())
            where += ' ' + fault.attribute;
        constexpr std::size_t Longest = 120; // octets
        if (!fault.value.empty())
            where += (fault.attribute.empty() ? " " : "=") + fault.value.substr(0, Longest);
        table.rows.push_back({place(fault.line),
                              place(fault.column),
                              {(isAdvice ? Words::tr("advice") : Words::tr("fault")).toStdString(),
                               isAdvice ? Mark::Low : Mark::High, false},
                              {wordsOf(fault.kind).toStdString(), Mark::None, false},
                              {shown(where), Mark::None, true}});
    }
    if (check.cut)
        table.rows.push_back(
            {{"", Mark::None, false},
             {"", Mark::None, false},
             {"", Mark::None, false},
             {Words::tr("There are more faults than are listed.").toStdString(), Mark::None, false},
             {"", Mark::None, false}});
    return table;
}

} // namespace mailoscope::ui
