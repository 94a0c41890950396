package io.segue.demo;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class DemoStandsAloneTest {
    private final JavaClasses all = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.segue");

    @Test
    void sharesNoCodeWithTheGateway() {
        DescribedPredicate<JavaClass> gateway = DescribedPredicate.describe(
                "belong to the gateway",
                type -> type.getPackageName().startsWith("io.segue")
                        && !type.getPackageName().startsWith("io.segue.demo"));
        noClasses()
                .that()
                .resideInAPackage("io.segue.demo..")
                .should()
                .dependOnClassesThat(gateway)
                .check(all);
    }

    @Test
    void isUsedByNothingOfTheGatewayButItsDoor() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.segue.demo..", "io.segue.cli..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.segue.demo..")
                .check(all);
    }

    @Test
    void hasNoCycles() {
        slices().matching("io.segue.demo.(*)..").should().beFreeOfCycles().check(all);
    }
}
