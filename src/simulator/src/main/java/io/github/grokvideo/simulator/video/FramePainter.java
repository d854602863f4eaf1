// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator.video;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jcodec.common.model.Picture;

/**
 * Paints a plain background, lines of text and a moving mark directly into the planes of a picture, without AWT or installed fonts.
 */
final class FramePainter {

    private static final byte BACKGROUND = luma(38);
    private static final byte INK = luma(225);
    private static final byte MARK = luma(180);
    private static final int MAX_LINES = 9;

    private final int width;
    private final int height;
    private final int scale;
    private final List<String> lines;

    FramePainter(int width, int height, List<String> text) {
        this.width = width;
        this.height = height;
        // Whole pixels per dot; 40 columns of text fit the narrow side of a portrait video too.
        this.scale = Math.max(1, Math.min(width / 210, Math.min(width, height) / 160));
        this.lines = wrap(text, Math.max(8, (width - 4 * margin()) / (BitmapFont.ADVANCE * scale)));
    }

    /** Paints frame number {@code frame} of a loop of {@code frames}. */
    void paint(Picture picture, int frame, int frames) {
        Arrays.fill(picture.getPlaneData(0), BACKGROUND);
        int hue = Math.floorMod(lines.hashCode(), 60);
        Arrays.fill(picture.getPlaneData(1), (byte) (hue - 20));
        Arrays.fill(picture.getPlaneData(2), (byte) (20 - hue));
        int y = 2 * margin();
        for (String line : lines) {
            drawLine(picture, line, 2 * margin(), y);
            y += (BitmapFont.HEIGHT + 4) * scale;
        }
        drawMark(picture, frame, frames);
    }

    private void drawLine(Picture picture, String line, int x, int y) {
        for (int c = 0; c < line.length(); c++) {
            for (int row = 0; row < BitmapFont.HEIGHT; row++) {
                for (int column = 0; column < BitmapFont.WIDTH; column++) {
                    if (BitmapFont.dot(line.charAt(c), column, row)) {
                        fill(picture, x + (c * BitmapFont.ADVANCE + column) * scale, y + row * scale, scale, scale, INK);
                    }
                }
            }
        }
    }

    /** A square that runs along the lower edge once a second. */
    private void drawMark(Picture picture, int frame, int frames) {
        int side = Math.max(8, Math.min(width, height) / 12 / 8 * 8);
        int x = margin() + (width - 2 * margin() - side) * frame / frames;
        fill(picture, x, height - margin() - side, side, side, MARK);
    }

    private void fill(Picture picture, int x, int y, int w, int h, byte value) {
        byte[] plane = picture.getPlaneData(0);
        int left = Math.max(0, x);
        int right = Math.min(width, x + w);
        for (int row = Math.max(0, y); row < Math.min(height, y + h) && left < right; row++) {
            Arrays.fill(plane, row * width + left, row * width + right, value);
        }
    }

    private int margin() {
        return Math.min(width, height) / 24;
    }

    private static List<String> wrap(List<String> text, int columns) {
        List<String> wrapped = new ArrayList<>();
        for (String paragraph : text) {
            String rest = paragraph.strip();
            while (rest.length() > columns) {
                int space = rest.lastIndexOf(' ', columns);
                int cut = space > columns / 2 ? space : columns;
                wrapped.add(rest.substring(0, cut));
                rest = rest.substring(cut).strip();
            }
            wrapped.add(rest);
        }
        return List.copyOf(wrapped.subList(0, Math.min(MAX_LINES, wrapped.size())));
    }

    /** Planes hold signed bytes around zero. */
    private static byte luma(int value) {
        return (byte) (value - 128);
    }
}
