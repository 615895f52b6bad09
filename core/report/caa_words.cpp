// SPDX-License-Identifier: Apache-2.0
// What each CAA finding says to people. Sorted by id.
#include "report/words.h"

#include <array>

namespace mailoscope
{

namespace
{

constexpr std::array CaaWords = {
    MAILOSCOPE_WORDS(
        "caa.issuemail", "The CAA records of {name} leave S/MIME certificates open",
        "The records say who may issue certificates for servers, and that does not cover certificates for "
        "mail addresses: any authority may issue those for {domain}.",
        "Add a CAA record issuemail with the authority that you use, or with \";\" if you use none."),
    MAILOSCOPE_WORDS(
        "caa.issuevmc", "The CAA records of {name} leave mark certificates open",
        "A mark certificate lets a logo appear beside mail. Without issuevmc every authority for such "
        "certificates may issue one for {domain}.",
        "Add a CAA record issuevmc with the authority of your mark certificate."),
    MAILOSCOPE_WORDS(
        "caa.missing", "No CAA record says who may issue certificates for {name}",
        "Every public authority may issue certificates for the name, and one that is deceived is enough for "
        "an attacker to pose as the mail server or as the host of the MTA-STS policy.",
        "Publish CAA records issue for the authorities that you use at {domain}; they hold for all names "
        "below."),
    MAILOSCOPE_WORDS(
        "caa.syntax", "A CAA record of {name} is faulty: {fault}",
        "Authorities take a value that they cannot read for a refusal, or do not see the restriction that "
        "was meant. Renewals may then fail without a word.",
        "Write it like this: 0 issue \"letsencrypt.org\". The flags are 0, or 128 for critical."),
};

} // namespace

std::span<const FindingWords> caaWords()
{
    return CaaWords;
}

} // namespace mailoscope
