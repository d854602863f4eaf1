// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;

/** Dependencies between the packages point one way. */
@AnalyzeClasses(packagesOf = GrokVideoSimulator.class, importOptions = ImportOption.DoNotIncludeTests.class)
class LayersTest {

    @ArchTest
    static final ArchRule NO_CYCLES = slices().assignedFrom(new Packages()).should().beFreeOfCycles();

    /** It is an optional dependency: programs that embed the simulator need not have it. */
    @ArchTest
    static final ArchRule PICOCLI_IN_ONE_PLACE = noClasses().that().doNotHaveSimpleName("SimulatorCommand")
            .should().dependOnClassesThat().resideInAPackage("picocli..");

    @ArchTest
    static final ArchRule KNOWS_NEITHER_CAMEL_NOR_THE_COMPONENT = noClasses().should().dependOnClassesThat(
            DescribedPredicate.describe("are of Camel or of the component", (JavaClass type) -> type.getPackageName()
                    .startsWith("org.apache.camel") || type.getPackageName().startsWith("io.github.grokvideo.component")));

    /** Also the root package, which a pattern such as {@code simulator.(*)..} leaves out. */
    private static final class Packages implements SliceAssignment {

        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            return SliceIdentifier.of(type.getPackageName());
        }

        @Override
        public String getDescription() {
            return "packages of the simulator";
        }
    }
}
