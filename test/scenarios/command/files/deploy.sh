#!/bin/sh
# Deploys $VERSION by writing it down, and speaks the protocol of command components.
set -e
case "$RELEASE_PHASE" in
observe)
  if [ -f "$OUTSIDE/running" ]; then
    printf '{"receipt":{"version":"%s"}}' "$(cat "$OUTSIDE/running")" >"$RELEASE_RESULT"
  else
    printf '{"receipt":null}' >"$RELEASE_RESULT"
  fi
  ;;
preview)
  running=$(cat "$OUTSIDE/running" 2>/dev/null || echo nothing)
  if [ "$running" = "$VERSION" ]; then
    printf '{"changed":false,"message":"%s runs already"}' "$VERSION" >"$RELEASE_RESULT"
  else
    printf '{"changed":true,"changes":[{"what":"shop","before":"%s","after":"%s"}]}' "$running" "$VERSION" >"$RELEASE_RESULT"
  fi
  ;;
deploy)
  echo "uploading $VERSION"
  printf '%s' "$VERSION" >"$OUTSIDE/running"
  if [ "$1" = fail ]; then
    echo 'the service does not answer' >&2
    exit 3
  fi
  printf '{"changed":true,"receipt":{"version":"%s"},"outputs":{"url":"https://shop.example.com"}}' "$VERSION" >"$RELEASE_RESULT"
  ;;
rollback)
  version=$(sed 's/.*"version":"\([^"]*\)".*/\1/' "$RELEASE_RECEIPT")
  echo "back to $version"
  printf '%s' "$version" >"$OUTSIDE/running"
  printf '{"receipt":{"version":"%s"}}' "$version" >"$RELEASE_RESULT"
  ;;
esac
