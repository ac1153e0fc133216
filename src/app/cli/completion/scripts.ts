/** What a shell evaluates once; every completion then asks `gantry complete`. Candidates are lines of word, tab, description. */
export const SCRIPTS: Record<string, string> = {
  bash: `_gantry() {
  local IFS=$'\\n' word
  COMPREPLY=()
  while IFS=$'\\t' read -r word _; do
    COMPREPLY+=("$(printf '%q' "$word")")
  done < <(gantry complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
  [ \${#COMPREPLY[@]} -gt 0 ] || compopt -o default
}
complete -F _gantry gantry`,

  zsh: `#compdef gantry
_gantry() {
  local -a words_and_descriptions
  local line
  while IFS= read -r line; do
    words_and_descriptions+=("\${\${line%%$'\\t'*}//:/\\\\:}:\${line#*$'\\t'}")
  done < <(gantry complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)
  if (( \${#words_and_descriptions} )); then _describe 'gantry' words_and_descriptions; else _files; fi
}
compdef _gantry gantry`,

  fish: `function __gantry_complete
  set -l tokens (commandline --tokenize --current-process --cut-at-cursor) (commandline --current-token --cut-at-cursor)
  gantry complete -- $tokens[2..-1] 2>/dev/null
end
complete --command gantry --no-files --arguments '(__gantry_complete)'`,
};
