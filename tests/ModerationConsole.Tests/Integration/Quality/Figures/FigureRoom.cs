using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Policies;
using ModerationConsole.Core.Quality.Disputes;
using ModerationConsole.Core.Quality.Figures;
using ModerationConsole.Core.Quality.Sampling;
using ModerationConsole.Core.Queues;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Quality.Figures;

/// <summary>
/// A plan with two strata and the rest, whose figures can be worked out by hand. One stratum is drawn heavily and decided by one
/// person, the rest lightly and by another; of the other stratum nothing is judged.
/// </summary>
internal sealed class FigureRoom
{
    private FigureRoom(TestConsole console) => Console = console;

    public TestConsole Console { get; }

    public required Caller Lead { get; init; }

    /// <summary>Decided all of the stratum.</summary>
    public required Caller First { get; init; }

    /// <summary>Decided all of the rest.</summary>
    public required Caller Second { get; init; }

    /// <summary>High.</summary>
    public required Policy High { get; init; }

    /// <summary>Low.</summary>
    public required Policy Low { get; init; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<FigureRoom> OpenAsync(TestConsole console)
    {
        FigureRoom room = new(console)
        {
            Lead = await console.PersonAsync(Roles.Lead),
            First = await console.PersonAsync(),
            Second = await console.PersonAsync(),
            High = await console.PolicyAsync(Severity.High),
            Low = await console.PolicyAsync(Severity.Low),
        };
        await console.WriteAsync(async scope =>
        {
            foreach (Moderator person in await scope.Db.Set<Moderator>().ToListAsync(Cancel))
            {
                person.DisplayName = person.Id == room.First.Id ? "A first one" : person.Id == room.Second.Id ? "b, the second" : "C, a lead";
            }

            return 0;
        });
        CaseQueue queue = await console.QueueAsync();
        (Case about, _) = await console.CaseAsync(queue);
        (Case hidden, _) = await console.CaseAsync(await console.QueueAsync(kind: QueueKind.ChildSafety), sensitivity: Sensitivity.ChildSafety);
        SampleSet set = new() { CaseNumber = about.Number, QueueId = queue.Id, At = console.Clock.GetUtcNow().AddMinutes(-5) };
        await console.WriteAsync(async scope =>
        {
            Guid heavy = await room.FillAsync(scope, set);
            // What must change no figure: child safety, all wrong; and what was decided the day before the period begins.
            SampleKind wrong = new() { StratumId = heavy, Rate = 0.2, DeciderId = room.First.Id, Second = (Verdict.Violation, room.High.Id), Error = ErrorKind.FalseNegative };
            room.Dispute(scope, (await set.AddAsync(scope, 4, wrong, about: hidden.Number))[0], DisputeState.Overturned, scope.Now);
            await set.AddAsync(scope, 3, wrong, set.At.AddDays(-28));
            return 0;
        });
        return room;
    }

    public Task<QualityFigures> ReadAsync(QualityQuestion? question = null) => Console.Use<ReadQualityFigures>().RunAsync(Lead, question ?? new QualityQuestion(), Cancel);

    private async Task<Guid> FillAsync(Core.Data.WriteScope scope, SampleSet set)
    {
        IReadOnlyList<SamplingStratum> strata = set.AddPlan(scope, Lead.Id, "Heavy", "Never drawn");
        (Guid heavy, Guid never) = (strata[0].Id, strata[1].Id);
        set.Count(scope, heavy, 120, daysAgo: 1);
        set.Count(scope, heavy, 80);
        set.Count(scope, null, 800);
        set.Count(scope, never, 250, daysAgo: 27);
        set.Count(scope, null, 9_999, daysAgo: 28);
        set.Count(scope, heavy, 200, PopulationBy.Policy, High.Id);
        set.Count(scope, null, 100, PopulationBy.Policy, High.Id);
        set.Count(scope, null, 700, PopulationBy.Policy);
        set.Count(scope, never, 250, PopulationBy.Policy);
        set.Count(scope, heavy, 200, PopulationBy.Decider, $"{First.Id}");
        set.Count(scope, null, 800, PopulationBy.Decider, $"{Second.Id}");
        set.Count(scope, null, 30, PopulationBy.Language, "de");

        // The stratum: 40 judged of 200, 8 of them wrong; 10 of the 40 are of the random share, 2 of these wrong.
        SampleKind severe = new() { StratumId = heavy, Rate = 0.2, DeciderId = First.Id, Verdict = Verdict.Violation, PolicyId = High.Id, Weight = 10 };
        SampleKind overreach = severe with { Second = (Verdict.Allow, null), Error = ErrorKind.FalsePositive, Cause = RootCause.Slip };
        await set.AddAsync(scope, 8, severe);
        await set.AddAsync(scope, 24, severe with { Random = false });
        IReadOnlyList<QualitySample> wrong = await set.AddAsync(scope, 2, overreach);
        wrong = [.. wrong, .. await set.AddAsync(scope, 6, overreach with { Random = false })];

        // The rest: 40 judged of 800, 2 of them wrong; a third person found one more to be right.
        SampleKind light = new() { Rate = 0.05, DeciderId = Second.Id };
        SampleKind named = light with { Verdict = Verdict.Violation, PolicyId = High.Id };
        await set.AddAsync(scope, 9, named);
        await set.AddAsync(scope, 1, named with { Second = (Verdict.Violation, Low.Id), Error = ErrorKind.WrongPolicyOrAction });
        await set.AddAsync(scope, 28, light);
        await set.AddAsync(scope, 1, light with { Second = (Verdict.Violation, High.Id), Error = ErrorKind.FalseNegative, Cause = RootCause.Knowledge });
        await set.AddAsync(scope, 1, light with { Second = (Verdict.Violation, High.Id), Third = (Verdict.Allow, null) });

        // Drawn, and out of the figures.
        await set.AddAsync(scope, 3, overreach with { Scored = false });
        await set.AddAsync(scope, 2, light with { State = SampleState.Waiting });
        await set.AddAsync(scope, 1, light with { State = SampleState.Withdrawn });

        Dispute(scope, wrong[0], DisputeState.Upheld, scope.Now);
        Dispute(scope, wrong[1], DisputeState.Overturned, scope.Now);
        Dispute(scope, wrong[2], DisputeState.PolicyAmbiguous, scope.Now);
        Dispute(scope, wrong[3], DisputeState.Overturned, scope.Now.AddDays(-28));
        scope.Db.Add(new Dispute { SampleId = wrong[4].Id, PersonId = First.Id, Text = "No.", OpenedAt = scope.Now });
        return heavy;
    }

    private void Dispute(Core.Data.WriteScope scope, QualitySample sample, DisputeState state, DateTimeOffset at)
    {
        Dispute dispute = new() { SampleId = sample.Id, PersonId = First.Id, Text = "No.", OpenedAt = at };
        dispute.Decide(state, Lead.Id, "Because.", at);
        scope.Db.Add(dispute);
    }
}
