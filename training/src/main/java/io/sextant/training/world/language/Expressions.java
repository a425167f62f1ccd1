package io.sextant.training.world.language;

import io.sextant.training.world.language.Relations.Side;
import io.sextant.training.world.noun.Noun;
import io.sextant.training.world.scene.PlacedObject;
import io.sextant.training.world.scene.Scene;
import java.util.ArrayList;
import java.util.List;

/** The expressions that name one object of a scene and no other. */
final class Expressions {
    private final Scene scene;
    private final Relations relations;

    Expressions(Scene scene) {
        this.scene = scene;
        this.relations = new Relations(scene);
    }

    /**
     * All expressions of an object, the simplest and clearest first: the noun alone, its place among others of its noun, its size
     * of two, its place from another object. Empty where nothing clear can be said.
     */
    List<String> of(PlacedObject object) {
        List<PlacedObject> others = scene.objects().stream()
                .filter(other -> other != object && other.noun().equals(object.noun()))
                .toList();
        String name = object.noun().name();
        List<String> expressions = new ArrayList<>();
        if (others.isEmpty()) {
            expressions.add("the " + name);
        }
        for (Side side : Side.values()) {
            if (isAt(side, object, others)) {
                expressions.add("the " + name + " " + side.place());
            }
        }
        if (others.size() == 1 && relations.isBigger(object, others.get(0))) {
            expressions.add("the big " + name);
        }
        if (others.size() == 1 && relations.isBigger(others.get(0), object)) {
            expressions.add("the small " + name);
        }
        addRelated(object, others, expressions);
        return expressions;
    }

    private boolean isAt(Side side, PlacedObject object, List<PlacedObject> others) {
        return others.isEmpty()
                ? relations.isAt(side, object)
                : others.stream().allMatch(other -> relations.isTowards(side, object, other));
    }

    private void addRelated(PlacedObject object, List<PlacedObject> others, List<String> expressions) {
        for (PlacedObject mark : scene.leftToRight()) {
            Noun noun = mark.noun();
            if (noun.equals(object.noun()) || scene.objectsOf(noun).size() > 1) {
                continue;
            }
            for (Side side : Side.values()) {
                boolean isClear = relations.isTowards(side, object, mark)
                        && others.stream().allMatch(other -> relations.isTowards(side.opposite(), other, mark));
                if (isClear) {
                    expressions.add("the " + object.noun().name() + " " + side.relation() + " the " + noun.name());
                }
            }
        }
    }
}
