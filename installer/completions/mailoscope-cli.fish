# SPDX-License-Identifier: Apache-2.0
# Completion of mailoscope-cli for fish. What can be typed is read from the program's own --help, so that both say the same.

# The command that was typed, with its kind where it is make.
function __mailoscope_cli_command
    set -l typed (commandline -opc)
    if test (count $typed) -ge 3; and test "$typed[2]" = make
        printf '%s\n' make $typed[3]
    else if test (count $typed) -ge 2
        printf '%s\n' $typed[2]
    end
end

function __mailoscope_cli_commands
    mailoscope-cli --help 2>/dev/null | string match -rg '^  mailoscope-cli ([a-z][a-z-]*) '
    printf '%s\n' help
end

function __mailoscope_cli_kinds
    mailoscope-cli make --help 2>/dev/null | string match -rg '^  mailoscope-cli make ([a-z][a-z-]*) '
end

function __mailoscope_cli_options
    mailoscope-cli (__mailoscope_cli_command) --help 2>/dev/null | string match -rg '^  (--[a-z0-9-]+)'
end

# What may follow the option that was typed last.
function __mailoscope_cli_values
    set -l previous (commandline -opc)[-1]
    switch "$previous"
        case --color
            printf '%s\n' auto always never
        case --copy-as
            mailoscope-cli make --help 2>/dev/null | sed -n '/Forms for --copy-as/,$s/^  \([a-z0-9][a-z0-9-]*\)  *[A-Za-z].*/\1/p'
        case --profile
            mailoscope-cli inspect --help 2>/dev/null | sed -n '/^  --profile /,/^  --copy-as /p' | sed '$d' | tr '\n' ' ' \
                | sed 's/.*: *//; s/ or / /g; s/,/ /g' | string split -n ' '
        case '--*'
            set -l value (mailoscope-cli (__mailoscope_cli_command) --help 2>/dev/null | string match -rg "^  $previous (\S+)")
            switch "$value"
                case FILE PEM
                    __fish_complete_path (commandline -ct)
                case '*|*'
                    string split '|' -- $value
            end
    end
end

complete -c mailoscope-cli -f
complete -c mailoscope-cli -n __fish_is_first_arg -a '(__mailoscope_cli_commands)'
complete -c mailoscope-cli -n __fish_is_first_arg -l help -d 'Show the commands'
complete -c mailoscope-cli -n __fish_is_first_arg -l version -d 'Show the version'
complete -c mailoscope-cli -n 'test (count (commandline -opc)) -eq 2; and __fish_seen_subcommand_from make' -a '(__mailoscope_cli_kinds)'
complete -c mailoscope-cli -n 'test (count (commandline -opc)) -ge 2; and string match -q -- "-*" (commandline -ct)' -a '(__mailoscope_cli_options)'
complete -c mailoscope-cli -n 'test (count (commandline -opc)) -ge 3' -a '(__mailoscope_cli_values)'
