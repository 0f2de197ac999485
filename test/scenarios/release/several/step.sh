#!/bin/sh
# Deploys one part of the shop by writing its version down, and keeps a log of what was done in which order.
set -e
name=$1
case "$RELEASE_PHASE" in
observe)
  printf '{"receipt":{"version":"%s"}}' "$(cat "$OUTSIDE/$name")" >"$RELEASE_RESULT"
  ;;
deploy)
  version=$(cat version)
  echo "$name $version" >>"$OUTSIDE/log"
  printf '%s' "$version" >"$OUTSIDE/$name"
  if [ "$(cat fails)" = "$name" ]; then
    echo "$name does not work" >&2
    exit 3
  fi
  printf '{"changed":true,"receipt":{"version":"%s"}}' "$version" >"$RELEASE_RESULT"
  ;;
rollback)
  version=$(sed 's/.*"version":"\([^"]*\)".*/\1/' "$RELEASE_RECEIPT")
  echo "$name back to $version" >>"$OUTSIDE/log"
  printf '%s' "$version" >"$OUTSIDE/$name"
  printf '{"receipt":{"version":"%s"}}' "$version" >"$RELEASE_RESULT"
  ;;
esac
