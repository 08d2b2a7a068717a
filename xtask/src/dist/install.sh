# Installs the package for real, into a copy of this machine that forgets everything: an overlay over its root.
# install.sh PACKAGE FOLDER; the folder is empty, and this shell has mounts of its own. Ends with what went wrong, or "done".
set -eu
package=$1 folder=$2
step() { at=$*; }
serving=
trap 'code=$?; [ -z "$serving" ] || kill -KILL "$serving" 2>/dev/null || :; [ $code = 0 ] || echo "failed while: $at"; exit $code' EXIT

step "making a copy of this machine"
mount -t tmpfs tmpfs "$folder"
mkdir "$folder/upper" "$folder/work" "$folder/copy"
mount -t overlay overlay -o "lowerdir=/,upperdir=$folder/upper,workdir=$folder/work" "$folder/copy"
mount --bind /dev "$folder/copy/dev"
mount -t proc proc "$folder/copy/proc"
cp "$package" "$folder/copy/eroom.deb"
inside() { chroot "$folder/copy" "$@"; }
as_eroom=(chroot "$folder/copy" setpriv --reuid eroom --regid eroom --clear-groups
    env --chdir /var/lib/eroom EROOM_LISTEN=127.0.0.1:0)

step "dpkg -i"
inside dpkg -i /eroom.deb
step "looking at the user and the configuration"
inside getent passwd eroom | grep -q "nologin"
[ "$(inside stat -c '%a %U:%G' /etc/eroom/eroom.toml)" = "640 root:eroom" ]
step "looking whether systemd will start it"
inside systemctl --root=/ enable eroom.service
inside test -e /etc/systemd/system/multi-user.target.wants/eroom.service

step "serving as the unit does"
inside install -d -o eroom -g eroom -m 0700 /var/lib/eroom
"${as_eroom[@]}" /usr/bin/eroom serve --json --config /etc/eroom/eroom.toml >"$folder/ready" 2>"$folder/log" &
serving=$!
for _ in $(seq 100); do
    [ -s "$folder/ready" ] && break
    sleep 0.1
done
port=$(sed -n 's|.*"eroom": *"http://[^:]*:\([0-9]*\).*|\1|p' "$folder/ready")
[ -n "$port" ] || { cat "$folder/log"; exit 1; }
step "asking it whether it is well"
exec 3<>"/dev/tcp/127.0.0.1/$port"
printf 'GET /healthz HTTP/1.0\r\nHost: localhost\r\n\r\n' >&3
head -n 1 <&3 | grep -q " 200 "
step "backing up while it runs"
"${as_eroom[@]}" /usr/bin/eroom backup --config /etc/eroom/eroom.toml /var/lib/eroom/kept.backup
step "stopping it"
kill -TERM $serving
wait $serving
serving=

step "installing it again over itself, with a changed configuration"
echo '# ours' >>"$folder/copy/etc/eroom/eroom.toml"
inside dpkg -i /eroom.deb
inside grep -q '^# ours$' /etc/eroom/eroom.toml
step "reading the database with the newly installed program"
"${as_eroom[@]}" /usr/bin/eroom zoom operations --config /etc/eroom/eroom.toml >/dev/null

step "dpkg --purge"
inside dpkg --purge eroom
[ ! -e "$folder/copy/usr/bin/eroom" ] && [ ! -e "$folder/copy/etc/eroom/eroom.toml" ]
step "looking whether the site's data is still there"
inside test -s /var/lib/eroom/eroom.db
inside test -s /var/lib/eroom/eroom.key
echo done
