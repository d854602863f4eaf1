// SPDX-License-Identifier: Apache-2.0
package example;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How closely this machine lets a test run a program as a pod does. Always says so: nothing is left out silently. */
enum Confinement {

    /** As root: a mount namespace with a read-only root, the pod's user, no capabilities. */
    MOUNT_NAMESPACE("in a mount namespace with a read-only root, as the pod's user without capabilities", "unshare", "--mount"),
    /** As another user: the same, but the program runs as that user. */
    USER_NAMESPACE("in a user and mount namespace with a read-only root, but as the user of the test", "unshare", "--user",
            "--map-root-user", "--mount"),
    /** Where neither is permitted. */
    NONE("WITHOUT a namespace and a read-only root, which this machine does not permit");

    private final String description;
    private final List<String> command;

    Confinement(String description, String... command) {
        this.description = description;
        this.command = List.of(command);
    }

    /** {@return the closest one that works here, or the one that {@code -Dconfinement} names} */
    static Confinement best() {
        String chosen = System.getProperty("confinement");
        if (chosen != null) {
            return valueOf(chosen);
        }
        for (Confinement confinement : List.of(MOUNT_NAMESPACE, USER_NAMESPACE)) {
            if (confinement.works()) {
                return confinement;
            }
        }
        return NONE;
    }

    /** Mounting is what a container often does not permit. The pod's user can only be taken on by root of the machine. */
    private boolean works() {
        List<String> trial = new ArrayList<>(command);
        String mounts = "mount -t tmpfs trial /tmp && mount -o remount,ro /tmp";
        trial.addAll(List.of("sh", "-c", this == MOUNT_NAMESPACE ? mounts + " && setpriv --reuid 10001 --bounding-set=-all true" : mounts));
        try {
            return new ProcessBuilder(trial).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start()
                    .waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /**
     * {@return the command that starts the program of an image}
     *
     * @param image   built
     * @param root    an empty folder, the root of the program
     * @param user    {@code uid:gid}
     * @param volumes by their paths in the pod: a size in bytes, or a directory of this machine
     */
    List<String> command(Containerfile.Image image, String root, String user, Map<String, String> volumes) {
        if (this == NONE) {
            return image.entrypoint();
        }
        List<String> all = new ArrayList<>(command);
        all.addAll(List.of("sh", "src/test/resources/pod.sh", root, image.root().toString(), System.getProperty("java.home"),
                this == MOUNT_NAMESPACE ? user : "-", image.directory()));
        volumes.forEach((path, source) -> all.add(path + "=" + source));
        all.add("--");
        all.addAll(image.entrypoint());
        return all;
    }

    @Override
    public String toString() {
        return description;
    }
}
