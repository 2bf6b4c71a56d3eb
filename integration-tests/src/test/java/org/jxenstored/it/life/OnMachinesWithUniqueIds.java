package org.jxenstored.it.life;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The tests of this class need unique ids: without them a successor cannot be told from its predecessor (L-RACE-6). */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedClass(name = "{0}")
@EnumSource(value = Machine.class, mode = EnumSource.Mode.EXCLUDE, names = "OLDER_XEN")
@interface OnMachinesWithUniqueIds {}
