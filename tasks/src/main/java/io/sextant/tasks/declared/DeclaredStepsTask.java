package io.sextant.tasks.declared;

import io.sextant.tasks.declared.StepFindings.Answered;
import io.sextant.tasks.declared.StepFindings.Question;
import io.sextant.tasks.spi.CompositeTask;
import io.sextant.tasks.spi.InputNeed;
import io.sextant.tasks.spi.NextMove;
import io.sextant.tasks.spi.StepAnswer;
import io.sextant.tasks.spi.TaskDescriptor;
import io.sextant.tasks.spi.TaskRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** A declared task in several steps at work. Immutable. */
final class DeclaredStepsTask implements CompositeTask {
    private final DeclaredSteps declared;
    private final InputTemplates inputs;
    private final List<List<DeclaredStep>> rounds;
    private final TaskDescriptor descriptor;

    DeclaredStepsTask(DeclaredSteps declared) {
        this.declared = declared;
        this.inputs = new InputTemplates(declared.defaultPrompt(), declared.headers());
        this.rounds = rounds(declared.steps());
        boolean hasPrompt = declared.text().contains(Template.PROMPT)
                || declared.steps().stream()
                        .anyMatch(step -> step.templates().anyMatch(template -> template.contains(Template.PROMPT)));
        boolean hasBox = declared.steps().stream().anyMatch(DeclaredStep::isAtGivenBox);
        this.descriptor = inputs.describe(TaskDescriptor.builder(declared.name()), hasPrompt)
                .summary(declared.summary().isEmpty() ? "A declared task in several steps." : declared.summary())
                .box(hasBox ? InputNeed.REQUIRED : InputNeed.UNUSED)
                .budget(declared.budget())
                .result(StepsResult.schema(declared))
                .build();
    }

    /** A step is asked in the round after the last of those it names. */
    private static List<List<DeclaredStep>> rounds(List<DeclaredStep> steps) {
        Map<String, Integer> rounds = new HashMap<>();
        List<List<DeclaredStep>> inRounds = new ArrayList<>();
        for (DeclaredStep step : steps) {
            int round = 0;
            for (Map.Entry<String, Integer> earlier : rounds.entrySet()) {
                boolean isNamed = earlier.getKey().equals(step.at())
                        || step.templates().anyMatch(template -> template.contains("{" + earlier.getKey() + "}"));
                round = isNamed ? Math.max(round, earlier.getValue() + 1) : round;
            }
            rounds.put(step.name(), round);
            while (inRounds.size() <= round) {
                inRounds.add(new ArrayList<>());
            }
            inRounds.get(round).add(step);
        }
        return inRounds;
    }

    @Override
    public TaskDescriptor descriptor() {
        return descriptor;
    }

    @Override
    public Set<String> asks() {
        Set<String> asks = new TreeSet<>();
        declared.steps().forEach(step -> asks.add(step.ask()));
        return asks;
    }

    @Override
    public NextMove next(TaskRequest request, List<StepAnswer> answers) {
        StepFindings findings = new StepFindings(request, inputs);
        int read = 0;
        for (List<DeclaredStep> round : rounds) {
            List<Question> questions = round.stream()
                    .flatMap(step -> findings.questions(step).stream())
                    .toList();
            if (!questions.isEmpty() && read == answers.size()) {
                return NextMove.ask(questions.stream().map(Question::step).toList());
            }
            for (DeclaredStep step : round) {
                List<Answered> ofStep = new ArrayList<>();
                for (Question question : questions) {
                    if (question.of().equals(step)) {
                        ofStep.add(new Answered(question.place(), answers.get(read)));
                        read++;
                    }
                }
                findings.add(step, ofStep);
            }
        }
        return new StepsResult(declared, findings).finish();
    }
}
