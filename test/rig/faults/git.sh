#!/bin/sh
# A git that keeps a record of its calls and fails, or kills who called it, as the plan says.
# Everything but git itself is done by the shell's own builtins, so that a call costs about a millisecond more.

# Takes the next free number of a folder. Creating a file that must not exist yet is atomic; the hint only saves steps.
number() {
  taken=0
  if [ -r "$1/hint" ]; then read -r taken < "$1/hint" || taken=0; fi
  set -C
  while :; do
    taken=$((taken + 1))
    if { printf '' > "$1/$taken"; } 2> /dev/null; then break; fi
  done
  set +C
  echo "$taken" > "$1/hint"
}

# The plan calls this once per fault: id, nth, pattern, when, action, and what the action needs.
fault() {
  case "$arguments" in
    $3) ;;
    *) return ;;
  esac
  number "$dir/seen/$1"
  if [ "$2" != every ] && [ "$2" != "$taken" ]; then return; fi
  echo "$call" > "$dir/fired/$1"
  when=$4
  action=$5
  subject=$6
  detail=$7
}

strike() {
  case "$subject" in
    caller) victim=$PPID ;;
    group) victim=-$(group_of "$PPID") ;;
    *) read -r victim < "$subject" ;;
  esac
  case "$victim" in
    '' | - | 0 | 1 | -0 | -1 | "-$protected") echo "git fault: refuses to kill $victim" >&2 ;;
    *) kill -KILL "$victim" ;;
  esac
}

strike_later() {
  sleep "$detail" < /dev/null > /dev/null 2>&1 &
  echo "$!" > "$dir/sleepers/$call"
  wait "$!"
  strike
}

group_of() {
  if [ -r "/proc/$1/stat" ]; then
    read -r status < "/proc/$1/stat"
    # The name of the process stands in brackets and may hold anything.
    set -- ${status##*) }
    echo "$3"
  else
    ps -o pgid= -p "$1" | tr -d ' '
  fi
}

end() {
  printf 'end %s %s\n' "$call" "$1" >> "$dir/events"
  exit "$1"
}

number "$dir/calls"
call=$taken
printf '%s\0' "$$" "$PPID" "$PWD" "$@" > "$dir/calls/$call"
printf 'start %s\n' "$call" >> "$dir/events"

arguments=$*
when=
. "$dir/plan"

if [ "$action" = fail ]; then
  printf '%s' "$detail" >&2
  end "$subject"
fi
if [ "$when" = before ]; then
  strike
  end 137
fi

# A shell gives what it starts in the background no input of its own and no interrupts: the input is handed over,
# and every request to stop is passed on.
git=
asked=
trap 'asked=yes; [ -z "$git" ] || kill -TERM "$git" 2> /dev/null' TERM INT HUP
exec 3<&0
"$real" "$@" <&3 3<&- &
git=$!
exec 3<&-
# A request may come before the number of the git is known.
[ -z "$asked" ] || kill -TERM "$git" 2> /dev/null
if [ "$when" = during ]; then
  : > "$dir/sleepers/$call"
  strike_later &
  striker=$!
fi

wait "$git"
code=$?
while kill -0 "$git" 2> /dev/null; do
  wait "$git"
  code=$?
done

if [ "$when" = during ]; then
  # Where git was quicker than the moment, the strike comes now.
  until [ -s "$dir/sleepers/$call" ] || [ ! -d "$dir" ]; do :; done
  read -r sleeper < "$dir/sleepers/$call" && kill "$sleeper" 2> /dev/null
  wait "$striker"
fi
if [ "$when" = after ]; then strike; fi
end "$code"
