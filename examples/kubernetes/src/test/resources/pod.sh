#!/bin/sh
# Runs a command like a container with a read-only root file system, in the mount namespace of this shell: the image's files and this
# machine's system are read-only, only volumes are writable.
#   pod.sh ROOT IMAGE JAVA_HOME USER DIRECTORY VOLUME... -- COMMAND...
#   USER    UID:GID, or - for the user of this shell
#   VOLUME  PATH=BYTES for an emptyDir, PATH=/DIRECTORY for a directory of this machine
set -eu
root=$1 image=$2 java=$3 user=$4 directory=$5
shift 5
uid=${user%:*} gid=${user#*:}

mount -t tmpfs -o mode=755 pod "$root"
read_only() {
  mkdir -p "$root$2"
  mount --rbind "$1" "$root$2"
  # With what is mounted below it.
  awk -v top="$root$2" '$5 == top || index($5, top "/") == 1 { print $5 }' /proc/self/mountinfo | while read -r mounted; do
    mount -o remount,bind,ro "$mounted"
  done
}
for name in bin sbin lib lib64 usr etc; do
  if [ -L "/$name" ]; then
    cp -P "/$name" "$root/$name"
  elif [ -d "/$name" ]; then
    read_only "/$name" "/$name"
  fi
done
case $java in
  /usr/*) ;;
  *) read_only "$java" "$java" ;;
esac
for folder in "$image"/*; do
  read_only "$folder" "/${folder##*/}"
done
mkdir "$root/proc" "$root/dev"
mount --rbind /proc "$root/proc"
mount --rbind /dev "$root/dev"

# As Kubernetes prepares them for an fsGroup: they belong to root and to that group.
while [ "$1" != -- ]; do
  path=${1%%=*} source=${1#*=}
  shift
  mkdir -p "$root$path"
  case $source in
    /*) mount --bind "$source" "$root$path" ;;
    *) mount -t tmpfs -o "mode=777,size=$source" emptyDir "$root$path" ;;
  esac
  if [ "$user" != - ]; then
    chgrp "$gid" "$root$path"
    chmod g+rwxs "$root$path"
  fi
done
shift
mount -o remount,bind,ro "$root"

if [ "$user" = - ]; then
  exec chroot "$root" env -C "$directory" "$@"
fi
exec chroot "$root" setpriv --reuid "$uid" --regid "$gid" --groups "$gid" --inh-caps=-all --bounding-set=-all --no-new-privs \
    env -C "$directory" "$@"
