// SPDX-License-Identifier: Apache-2.0
// What each TLS reporting finding says to people. Sorted by id.
#include "report/words.h"

#include <array>

namespace mailoscope
{

namespace
{

constexpr std::array TlsRptWords = {
    MAILOSCOPE_WORDS("tlsrpt.missing", "{domain} gets no reports on failed TLS",
                     "Senders that cannot reach its mail hosts over TLS have no place to tell of it, so a "
                     "broken certificate or a "
                     "stripped connection stays unseen until mail is missed.",
                     "Publish a TXT record at {name}: v=TLSRPTv1; rua=mailto: and an address that you read."),
    MAILOSCOPE_WORDS("tlsrpt.multiple", "There are {count} TLS reporting records at {name}",
                     "With more than one record reporters act as if there were none.",
                     "Keep one record and name all addresses in its rua, divided by commas."),
    MAILOSCOPE_WORDS("tlsrpt.rua.count", "Reports are asked for at {count} addresses",
                     "A reporter may use any one of them, and some only ever use the first.",
                     "Put the address that matters most first. Nothing is wrong with naming several."),
    MAILOSCOPE_WORDS(
        "tlsrpt.rua.missing", "The TLS reporting record of {domain} names no address",
        "Without rua the record is not valid, and nobody sends a report.",
        "Add rua=mailto: and an address that you read, or rua=https: and an address that takes reports."),
    MAILOSCOPE_WORDS(
        "tlsrpt.rua.no-mx", "Reports are asked for at {destination}, which takes no mail",
        "The domain has no mail host that could be used, so reports sent there come back or vanish.",
        "Correct the address, or give {destination} an MX record."),
    MAILOSCOPE_WORDS("tlsrpt.rua.registrable",
                     "Reports are asked for at {destination}, which does not exist in DNS",
                     "Somebody else may be able to register the name. The reports, which tell who sends you "
                     "mail and how, would then "
                     "go to them.",
                     "Remove the address, or make sure that the domain is yours and working."),
    MAILOSCOPE_WORDS("tlsrpt.rua.same-domain", "Reports go only to the mail hosts that they are about",
                     "If TLS to these hosts fails, the reports may not get through either. Reporters are "
                     "asked to deliver them in "
                     "spite of TLS faults, but not all do.",
                     "Add an address behind other mail hosts, or an https address."),
    MAILOSCOPE_WORDS("tlsrpt.rua.scheme", "Reports cannot be sent to {uri}",
                     "Only mailto and https are known to reporters. They pass over any other address.",
                     "Write mailto: before a mail address, or https: before a web address."),
    MAILOSCOPE_WORDS(
        "tlsrpt.syntax", "The TLS reporting record at {name} has a fault: {fault}",
        "Names and values are read as they are written: letter case counts, and no blanks may stand beside "
        "an equals "
        "sign. A record that cannot be read counts for nothing.",
        "Correct the record. The shortest valid form is v=TLSRPTv1; rua=mailto: and an address."),
    MAILOSCOPE_WORDS("tlsrpt.version", "A record at {name} does not begin with v=TLSRPTv1 and a semicolon",
                     "Reporters pass over every text that does not begin with exactly these characters, in "
                     "this letter case and "
                     "without blanks.",
                     "Let the record begin with v=TLSRPTv1; and then the fields."),
    MAILOSCOPE_WORDS("tlsrpt.wrong-name", "A TLS reporting record stands at {wrong}, where nobody looks",
                     "Reporters ask for the record at {name} alone.", "Move the record to {name}."),
};

} // namespace

std::span<const FindingWords> tlsRptWords()
{
    return TlsRptWords;
}

} // namespace mailoscope
