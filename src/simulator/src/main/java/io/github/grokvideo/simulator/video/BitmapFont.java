// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator.video;

import java.util.HexFormat;

/**
 * Printable ASCII in 5 by 7 dots, built in so that no installed font is needed. Other characters are drawn as a hollow box.
 */
final class BitmapFont {

    static final int WIDTH = 5;
    static final int HEIGHT = 7;
    /** Dots from one character to the next. */
    static final int ADVANCE = 6;

    /** Five bytes a character from the space on, one a column, lowest bit at the top. */
    private static final byte[] COLUMNS = HexFormat.of().parseHex(""
            + "000000000000005F00000007000700147F147F14242A7F2A12231308646236495522500005030000001C2241000041221C0014083E0814"
            + "08083E080800503000000808080808006060000020100804023E5149453E00427F400042615149462141454B311814127F102745454539"
            + "3C4A49493001710905033649494936064949291E003636000000563600000814224100141414141400412214080201510906324979413E"
            + "7E1111117E7F494949363E414141227F4141221C7F494949417F090909013E4149497A7F0808087F00417F41002040413F017F08142241"
            + "7F404040407F020C027F7F0408107F3E4141413E7F090909063E4151215E7F09192946464949493101017F01013F4040403F1F2040201F"
            + "3F4038403F631408146307087008076151494543007F41410002040810200041417F000402010204404040404000010204002054545478"
            + "7F484444383844444420384444487F3854545418087E0901020C5252523E7F0804047800447D40002040443D007F1028440000417F4000"
            + "7C041804787C0804047838444444387C14141408081414187C7C080404084854545420043F4440203C4040207C1C2040201C3C4030403C"
            + "44281028440C5050503C4464544C44000836410000007F000000413608001008081008");
    private static final byte[] UNKNOWN = {0x7f, 0x41, 0x41, 0x41, 0x7f};

    private BitmapFont() {
    }

    /** Whether that dot of the character is set. */
    static boolean dot(char character, int column, int row) {
        int glyph = character - ' ';
        boolean known = glyph >= 0 && glyph < COLUMNS.length / WIDTH;
        byte bits = known ? COLUMNS[glyph * WIDTH + column] : UNKNOWN[column];
        return (bits >> row & 1) != 0;
    }
}
