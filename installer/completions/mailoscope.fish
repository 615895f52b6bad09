# SPDX-License-Identifier: Apache-2.0
# Completion of mailoscope for fish.
complete -c mailoscope -l snapshot -r -F -d 'Open a recorded snapshot'
complete -c mailoscope -l resolver -x -d 'Ask this resolver'
complete -c mailoscope -l timeout -x -d 'The longest that one look-up may take, in milliseconds'
complete -c mailoscope -s h -l help -d 'Show the options'
complete -c mailoscope -l help-all -d 'Show the options, those of Qt included'
complete -c mailoscope -s v -l version -d 'Show the version'
