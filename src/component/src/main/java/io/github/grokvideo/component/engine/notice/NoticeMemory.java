// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.notice;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/** The notices received last, by account and id. Only verified ones get here, so nobody else can push them out. Thread-safe. */
final class NoticeMemory {

    private static final int MAX = 10_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Set<String> seen = new LinkedHashSet<>();

    /** @return whether it is new */
    boolean add(String account, String noticeId) {
        lock.lock();
        try {
            if (!seen.add(key(account, noticeId))) {
                return false;
            }
            if (seen.size() > MAX) {
                Iterator<String> oldest = seen.iterator();
                oldest.next();
                oldest.remove();
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** The notice had no effect: its repetition is new again. */
    void forget(String account, String noticeId) {
        lock.lock();
        try {
            seen.remove(key(account, noticeId));
        } finally {
            lock.unlock();
        }
    }

    private static String key(String account, String noticeId) {
        return account + "\n" + noticeId;
    }
}
