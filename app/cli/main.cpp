// SPDX-License-Identifier: Apache-2.0
#include "commands.h"
#include "drawn.h"
#include "surroundings.h"

#include "base/text.h"
#include "report/report.h"

#include <QCoreApplication>

#include <cstdio>
#include <exception>

namespace mailoscope::cli
{

namespace
{

void print(const std::string &text)
{
    std::fwrite(text.data(), 1, text.size(), stdout);
}

int complain(const std::string &sentence, const std::string &command)
{
    tell(sentence + " See mailoscope-cli " + command + "--help.");
    return WrongUsage;
}

int unknownCommand(const std::string &name)
{
    std::vector<std::string_view> known;
    for (const Command &command : commands()) {
        if (command.available)
            known.push_back(command.name);
    }
    const std::string meant = nearest(name, known);
    const std::string hint = !meant.empty() ? " Did you mean " + meant + '?'
                             : name.find('.') != std::string::npos
                                 ? " To inspect a domain: mailoscope-cli inspect " + shown(name) + '.'
                                 : "";
    return complain("There is no command \"" + shown(name) + "\"." + hint, "");
}

int runCommand(const Command &command, std::span<const std::string> words)
{
    const std::string name(command.name);
    if (name == "make")
        return runMake(words);
    for (const std::string &word : words) {
        if (word == "--")
            break;
        if (word == "--help" || word == "-h") {
            print(helpText(command));
            return Done;
        }
    }
    if (!command.available)
        return complain("The command " + name + " is not available in this version.", "");
    const Result<Arguments, Failure> arguments = readArguments(command, words);
    if (!arguments)
        return complain(arguments.error().sentence, name + ' ');
    if (command.operands.empty() && !arguments->operands().empty())
        return complain(name + " takes options only; \"" + shown(arguments->operands().front()) +
                            "\" is none.",
                        name + ' ');
    if (name == "inspect")
        return runInspect(*arguments);
    if (name == "spf-compare")
        return runCompare(*arguments);
    if (name == "spf-flatten")
        return runFlatten(*arguments);
    return name == "spf-tree" ? runTree(*arguments) : runCheck(*arguments);
}

int run(const std::vector<std::string> &words)
{
    if (words.empty()) {
        const std::string text = overviewText();
        std::fwrite(text.data(), 1, text.size(), stderr);
        return WrongUsage;
    }
    const std::string &first = words.front();
    const std::span<const std::string> rest(words.begin() + 1, words.end());
    if (first == "--version") {
        print("mailoscope-cli " + std::string(toolVersion()) + '\n');
        return Done;
    }
    if (first == "--help" || first == "-h" || (first == "help" && rest.empty())) {
        print(overviewText());
        return Done;
    }
    const bool isHelp = first == "help";
    const std::string &name = isHelp ? rest.front() : first;
    if (!isHelp && name.starts_with('-'))
        return complain("A command comes first; \"" + shown(name) + "\" is an option.", "");
    const Command *command = findCommand(name);
    if (!command)
        return unknownCommand(name);
    if (isHelp) {
        print(helpText(*command));
        return Done;
    }
    return runCommand(*command, rest);
}

} // namespace
} // namespace mailoscope::cli

int main(int argc, char **argv)
{
    const std::vector<std::string> words(argv + (argc > 0 ? 1 : 0), argv + argc);
    mailoscope::cli::handOver(words, argc, argv);
    const std::unique_ptr<QCoreApplication> application = mailoscope::cli::makeApplication(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("mailoscope-cli"));
    try {
        return mailoscope::cli::run(words);
    } catch (const std::exception &error) {
        mailoscope::cli::tell(std::string("The program met an error of its own: ") + error.what());
        return mailoscope::cli::Impossible;
    }
}
