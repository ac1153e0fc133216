/** The shells that can complete commands. */
export const SHELLS = ['bash', 'zsh', 'fish'] as const;

export type Shell = (typeof SHELLS)[number];

/** A program can't change the directory of its shell, so the shell does it where a line asks for nothing but that. */
const SWITCH = `gantry() {
  local directory
  if [[ \${1-} == worktree && \${2-} == switch && $# -ge 3 && " $* " != *' -'* ]]; then
    directory=$(command gantry "$@") && cd -- "$directory"
  else
    command gantry "$@"
  fi
}`;

/**
 * What a shell evaluates once; every completion then asks `gantry complete` with the words as they mean, quotes taken
 * away. Candidates are lines of word, tab, description; where there are none the shell offers paths.
 */
export const SCRIPTS: Record<Shell, string> = {
  bash: `_gantry() {
  local IFS=$'\\n' word
  local words=("\${COMP_WORDS[@]:1:COMP_CWORD}")
  COMPREPLY=()
  while IFS=$'\\t' read -r word _; do
    # Behind a quote that is open a word stands as it is.
    [[ \${COMP_WORDS[COMP_CWORD]} == [\\"\\']* ]] || word=$(printf '%q' "$word")
    COMPREPLY+=("$word")
  done < <(gantry complete -- "\${words[@]//[\\\\\\"\\']/}" 2>/dev/null)
  [ \${#COMPREPLY[@]} -gt 0 ] || compopt -o default
}
complete -F _gantry gantry
${SWITCH}`,

  // The file of an autoloaded function is that function's first call; evaluated it only registers.
  zsh: `#compdef gantry
_gantry() {
  local -a words_and_descriptions
  local line
  while IFS= read -r line; do
    words_and_descriptions+=("\${\${line%%$'\\t'*}//:/\\\\:}:\${line#*$'\\t'}")
  done < <(gantry complete -- "\${(@Q)words[2,CURRENT-1]}" "\${(Q)PREFIX}" 2>/dev/null)
  if (( \${#words_and_descriptions} )); then _describe 'gantry' words_and_descriptions; else _files; fi
}
${SWITCH}
if [[ \${funcstack[1]} == _gantry ]]; then _gantry "$@"; else compdef _gantry gantry; fi`,

  fish: `function __gantry_complete
  set -l current (commandline --current-token --cut-at-cursor)
  set -l tokens (commandline --tokenize --current-process --cut-at-cursor) $current
  set -l found (gantry complete -- (string unescape -- $tokens[2..-1]) 2>/dev/null)
  if set -q found[1]
    printf '%s\\n' $found
  else
    __fish_complete_path $current
  end
end
complete --command gantry --no-files --arguments '(__gantry_complete)'
function gantry
  if test (count $argv) -ge 3; and test "$argv[1..2]" = 'worktree switch'; and not string match --quiet -- '-*' $argv
    set -l directory (command gantry $argv); and cd -- $directory
  else
    command gantry $argv
  end
end`,
};
