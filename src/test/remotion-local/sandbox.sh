#!/bin/sh
# Lays out a file system as Lambda's in the mount and PID namespaces that environment.mjs makes, then starts the function.
#
# The Remotion function deletes everything under /tmp at every invocation. That must never be the machine's own /tmp:
# do not work around the refusals here and in runtime.cjs.
set -eu
refuse() {
  echo "sandbox.sh: $1; refusing to run the function" >&2
  exit 97
}
[ "$$" = 1 ] || refuse 'not in a PID namespace of its own'
[ "${SANDBOX_HOST_MOUNTS:?}" != "$(readlink /proc/self/ns/mnt)" ] || refuse 'not in a mount namespace of its own'

# By way of /mnt, since what is bound may itself lie below /var or /tmp.
mount -t tmpfs -o size=1m,mode=755 tmpfs /mnt
mkdir /mnt/root
touch /mnt/node
mount --bind "$SANDBOX_ROOT" /mnt/root
mount --bind "$SANDBOX_NODE" /mnt/node
mount -o remount,bind,ro /mnt/root
mount -t tmpfs -o size=1m,mode=755 tmpfs /var
mkdir /var/task /var/tmp
mount --bind /mnt/root/task /var/task
mount --bind /mnt/root/opt /opt
mount -o remount,bind,ro /
mount -t tmpfs -o "size=${SANDBOX_DISK_MB}m,mode=1777" tmpfs /tmp
printf '%s' "$SANDBOX_TOKEN" > /tmp/.sandbox
cd /var/task
exec /mnt/node /mnt/root/runtime.cjs
