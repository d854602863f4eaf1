// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * What a restarted simulator needs to serve the URLs of earlier runs.
 *
 * @param secret signs the URLs of videos
 * @param port   the last port; 0 if none
 */
record Identity(byte[] secret, int port) {

    private static final String FILE = "identity.json";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A new identity with a random secret. */
    static Identity fresh() {
        byte[] secret = new byte[32];
        new SecureRandom().nextBytes(secret);
        return new Identity(secret, 0);
    }

    /** The identity in that folder, or a new one. */
    static Identity read(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        if (!Files.exists(file)) {
            return fresh();
        }
        try {
            Identity found = JSON.readValue(file.toFile(), Identity.class);
            if (found.secret.length > 0) {
                return found;
            }
        } catch (IOException | RuntimeException e) {
            throw new IOException(file + " is not understood: repair it, or delete the folder to begin anew", e);
        }
        throw new IOException(file + " has no secret: delete the folder to begin anew");
    }

    /** Writes it into the folder atomically. */
    void write(Path folder) throws IOException {
        Path aside = folder.resolve(FILE + ".part");
        try (FileChannel channel = FileChannel.open(
                aside, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(JSON.writeValueAsBytes(this));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(aside, folder.resolve(FILE), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public String toString() {
        return "Identity[port=" + port + "]";
    }
}
