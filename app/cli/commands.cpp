// SPDX-License-Identifier: Apache-2.0
#include "commands.h"

#include "report/report.h"
#include "report/terminal.h"

#include <algorithm>

namespace mailoscope::cli
{

namespace
{

using Use = Option::Use;

const std::vector<Option> LookUpOptions = {
    {"resolver", "ADDR[:PORT]", "ask this resolver; repeatable; IPv6 in brackets. Otherwise the system's",
     Use::Repeatable},
    {"timeout", "MS", "the longest that one look-up may take, retries included (5000)"},
    {"snapshot", "FILE", "answer from a recorded snapshot and touch no network at all"},
    {"record", "FILE", "write every fact that was gathered to a snapshot; packed if the name ends in .gz"},
};

const std::vector<Option> ReachOptions = {
    {"ca-file", "PEM", "trust these certificate authorities too"},
    {"no-https", "", "fetch nothing over HTTPS, and say so in the report"},
    {"no-smtp", "", "greet no mail host, which is what happens without --smtp"},
    {"smtp", "", "greet each mail host and ask it for STARTTLS; many networks block port 25"},
    {"ask-servers", "", "ask the zone's own servers too, whether all of them answer and say the same"},
};

/// Every command that looks things up takes these; SPF alone reaches for nothing but DNS.
const std::vector<Option> DnsAloneOptions = {
    {"ca-file", "PEM", "taken as by other commands; SPF needs DNS alone, so that it changes nothing here"},
    {"no-https", "", "taken likewise: nothing is fetched over HTTPS in any case"},
    {"no-smtp", "", "taken likewise: no mail host is greeted in any case"},
    {"smtp", "", "", Use::Elsewhere},
    {"ask-servers", "", "", Use::Elsewhere},
};

const std::vector<Option> SampleOptions = {
    {"sample-sender", "ADDRESS", "try macros with this sender"},
    {"sample-helo", "NAME", "try macros with this HELO name"},
    {"sample-ip", "IP", "try macros with this client address"},
};

const std::vector<Option> PdfOptions = {
    {"paper", "a4|letter", "of a PDF: its paper (a4)"},
    {"parts", "PART,...",
     "of a PDF, HTML or Markdown: what is to be in it, of summary, findings, fixes, sections, verdict, "
     "profiles and appendix (all)"},
    {"light", "", "of these: summary, findings and fixes alone, without evidence and forms to copy"},
    {"logo", "FILE", "of a PDF: a picture for its cover"},
    {"company", "TEXT", "of a PDF: whose report it is"},
    {"confidentiality", "TEXT", "of a PDF: a line at the foot of every page"},
};

const std::vector<Option> GraphOptions = {
    {"fold", "NAME", "of a graph: fold the branches of this domain; repeatable", Use::Repeatable},
    {"depth", "N", "of a graph: fold what is more than N records below the domain's own (all is drawn)"},
    {"style", "paper|light|dark",
     "of a graph: black on white, or the colours of a light or dark desktop (paper)"},
};

const std::vector<Option> GeneralOptions = {
    {"color", "WHEN", "auto, always or never (auto: in a terminal, unless NO_COLOR is set)"},
    {"help", "", "show this text"},
};

std::vector<Command> makeCommands()
{
    const std::vector<Option> inspect = {
        {"format", "text|json|sarif|html|markdown|csv|pdf", "how to write the report (text)"},
        {"json", "", "short for --format json"},
        {"output", "FILE", "write the report to FILE, whole or not at all"},
        {"fail-on", "low|medium|high|critical", "exit with 1 where a finding is at least that severe"},
        {"each-address", "", "give each ip4 and ip6 term of the tree a line of its own"},
        {"sample", "", "inspect the recorded sample that is built in; no network is touched"},
        {"profile", "NAME",
         "tell what receivers or an authority ask of a domain, and whether it is met: gmail, gmail-bulk, "
         "yahoo-bulk, outlook-bulk, ncsc, cisa-bod-18-01, nist-800-177r1, bsi-tr-03108-03182, "
         "nl-pas-toe-of-leg-uit or parked"},
        {"copy-as", "FORM",
         "write the changes of each fix in a form, too: plain, zone, nsupdate, route53, aws, cloudformation, "
         "cloudformation-yaml, terraform-route53, terraform-cloudflare, terraform-google, terraform-azure, "
         "gcloud, azure, cloudflare, dnscontrol or octodns"},
        {"apply", "FILE",
         "tell how it would be with changes published: a saved draft, or the fix of a finding as JSON has "
         "it"},
        {"with-fix", "ID",
         "tell how it would be with the fixes of a finding published, such as dmarc.p.none"},
        {"no-fixes", "", "make no fixes, and ask for nothing on their behalf"},
        {"selector", "NAME", "a DKIM selector to look up besides those that are tried; repeatable",
         Use::Repeatable},
    };
    const std::vector<Option> check = {
        {"ip", "IP", "the client's address"},
        {"sender", "ADDRESS", "the MAIL FROM address; \"\" for the empty one"},
        {"helo", "NAME", "the name the client greets with"},
        {"receiver", "NAME", "who checks, for %{r} in explanations (unknown)"},
        {"json", "", "write JSON"},
        {"stdin", "", "read checks as JSON Lines, and write the results as JSON Lines in the same order"},
        {"each-address", "", "give each ip4 and ip6 term of the walk a line of its own"},
        {"output", "FILE", "write the result to FILE, whole or not at all"},
    };
    const std::vector<Option> tree = {
        {"format", "text|json|svg|png", "how to write the tree (text); svg and png draw it as a graph"},
        {"json", "", "write the SPF section as JSON: short for --format json"},
        {"output", "FILE", "write the tree to FILE, whole or not at all"},
        {"each-address", "", "give each ip4 and ip6 term a line of its own"},
        {"sample", "", "show the recorded sample that is built in; no network is touched"},
    };
    const std::vector<Option> compare = {
        {"domain", "NAME", "the domain that record texts are read for: a, mx and macros speak of it"},
        {"json", "", "write JSON"},
        {"output", "FILE", "write the comparison to FILE, whole or not at all"},
        {"fail-on-difference", "", "exit with 1 where an address gets another result"},
    };
    const std::vector<Option> flatten = {
        {"branch", "NAME", "replace this branch: a domain, or a term such as mx; repeatable (all includes)",
         Use::Repeatable},
        {"under-limit", "", "replace the fewest branches that bring the record under its limits"},
        {"clean-only", "", "replace nothing; leave out what is needless"},
        {"remove-covered", "", "leave out branches, too, that decide nothing today"},
        {"check", "FILE", "tell what has drifted since FILE was written with --json"},
        {"fail-on-difference", "", "with --check: exit with 1 where something has drifted"},
        {"json", "", "write JSON; keep it for --check"},
        {"output", "FILE", "write the result to FILE, whole or not at all"},
    };
    std::vector<Command> list = {
        {"inspect",
         "DOMAIN...",
         "inspect domains; - reads them from standard input",
         {inspect, PdfOptions, SampleOptions, LookUpOptions, ReachOptions, GeneralOptions}},
        {"spf-check",
         "",
         "RFC 7208 check_host() for one client, with the walk through the terms",
         {check, LookUpOptions, DnsAloneOptions, GeneralOptions}},
        {"spf-tree",
         "DOMAIN",
         "the SPF include tree, with the look-ups that each branch costs",
         {tree, GraphOptions, SampleOptions, LookUpOptions, DnsAloneOptions, GeneralOptions}},
        {"spf-compare",
         "OLD NEW",
         "the exact addresses that another SPF record adds, removes and moves; domains or record texts",
         {compare, LookUpOptions, DnsAloneOptions, GeneralOptions}},
        {"spf-flatten",
         "DOMAIN",
         "the SPF record with addresses in the place of branches, proven to say the same",
         {flatten, LookUpOptions, DnsAloneOptions, GeneralOptions}},
        {"make", "KIND DOMAIN", "records from options, checked before they are written", {GeneralOptions}},
    };
    for (const std::string_view later : {"batch", "audit-zone", "read-reports", "read-message"})
        list.push_back({later, "", "", {GeneralOptions}, false});
    return list;
}

void appendOptions(terminal::Page &page, const std::vector<Option> &options)
{
    constexpr int Indent = 30;
    page.line();
    for (const Option &option : options) {
        if (option.use == Use::Later || option.use == Use::Elsewhere)
            continue;
        std::string name = "  --" + std::string(option.name);
        if (!option.value.empty())
            name += ' ' + std::string(option.value);
        if (terminal::columnsOf(name) >= Indent) {
            page.line(name);
            name.clear();
        }
        page.paragraph(terminal::filled(name, Indent), option.help);
    }
}

} // namespace

const std::vector<Command> &commands()
{
    static const std::vector<Command> All = makeCommands();
    return All;
}

const Command *findCommand(std::string_view name)
{
    const auto found = std::find_if(commands().begin(), commands().end(),
                                    [name](const Command &command) { return command.name == name; });
    return found == commands().end() ? nullptr : &*found;
}

std::string overviewText()
{
    terminal::Page page({80, false, false});
    page.line("mailoscope-cli " + std::string(toolVersion()) +
              ": who may send mail in a domain's name, and why");
    page.line();
    for (const Command &command : commands()) {
        if (command.available)
            page.paragraph("  mailoscope-cli " + terminal::filled(command.name, 12), command.summary);
    }
    page.line();
    page.line("  mailoscope-cli COMMAND --help tells the options of a command.");
    page.line("  mailoscope-cli --version tells the version.");
    page.line();
    page.paragraph(
        "", "Exit codes: 0 done; 1 done, and a finding is at or above --fail-on; 2 the command line is "
            "wrong; 3 the inspection could not be made.");
    return page.take();
}

std::string helpText(const Command &command)
{
    if (command.name == "make")
        return makeHelpText();
    terminal::Page page({80, false, false});
    std::string line = "mailoscope-cli " + std::string(command.name);
    if (!command.operands.empty())
        line += ' ' + std::string(command.operands);
    page.line(line + " [OPTION...]");
    page.paragraph("  ", command.available ? command.summary : "not available in this version");
    if (command.name == "spf-check") {
        page.line();
        page.line("  mailoscope-cli spf-check --ip 192.0.2.1 --sender someone@example.com");
        page.line("  mailoscope-cli spf-check --stdin < checks.jsonl");
        page.paragraph("    each line: ",
                       "{\"ip\":\"192.0.2.1\",\"sender\":\"a@b.example\",\"helo\":\"h.example\"}");
    }
    for (const std::vector<Option> &group : command.options)
        appendOptions(page, group);
    return page.take();
}

} // namespace mailoscope::cli
