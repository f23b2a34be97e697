using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.Quality.Sampling;
using ModerationConsole.Core.Queues;
using ModerationConsole.E2E.Support;

namespace ModerationConsole.E2E.Quality;

/// <summary>A console of its own, in which decisions are final at once: what measures people is made of settled ones.</summary>
internal static class SettledScene
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static ConsoleApp Start()
    {
        ConsoleApp app = new(new() { ["Enforcement:UndoSeconds"] = "0", ["Demo:Enabled"] = "false" });
        app.StartServer();
        return app;
    }

    /// <summary>Someone who works there decides the next case of the corner, without a page; returns its number.</summary>
    public static async Task<long> DecideAsync(this Scene scene, ConsoleApp app, string email, Verdict verdict)
    {
        Caller person = Caller.Person(await scene.ReadAsync(db => db.Users.Where(row => row.Email == email).Select(row => row.Id).SingleAsync(Cancel)));
        ClaimResult drawn = await app.Services.GetRequiredService<ClaimNextCase>().RunAsync(person, scene.Queue.Id, cancellationToken: Cancel);
        DecideResult result = await app.Services.GetRequiredService<DecideCase>().RunAsync(
            person,
            new DecideCommand(drawn.Task!.TaskNumber, drawn.Task.Fence, verdict)
            {
                PolicyId = verdict == Verdict.Violation ? $"pol_{scene.Name}" : null,
                Actions = verdict == Verdict.Violation ? [new ActionOrder($"act_{scene.Name}")] : [],
            },
            Cancel);
        Assert.Equal(DecideOutcome.Decided, result.Outcome);
        return await scene.ReadAsync(db => db.Set<Decision>().Where(row => row.Id == result.DecisionId).Select(row => row.CaseNumber).SingleAsync(Cancel));
    }

    /// <summary>Draws the last decision of the corner as the sampler does, without waiting for its turn.</summary>
    public static async Task<QualitySample> DrawAsync(this Scene scene)
    {
        QualitySample? drawn = null;
        await scene.WriteAsync(async db =>
        {
            Case about = await db.Db.Set<Case>().OrderByDescending(row => row.Number).FirstAsync(
                row => db.Db.Set<ReviewTask>().Any(task => task.CaseNumber == row.Number && task.QueueId == scene.Queue.Id), CancellationToken.None);
            Decision decision = await db.Db.Set<Decision>().SingleAsync(row => row.CaseNumber == about.Number, CancellationToken.None);
            SamplingPlan plan = new() { Name = scene.Name, RandomRate = 1, Salt = Guid.NewGuid().ToString(), MadeBy = decision.DeciderId!.Value, MadeAt = db.Now };
            db.Db.Add(plan);
            ReviewTask task = await db.QueueMeasuringAsync(
                Caller.System, about, new MeasuringOrder(TaskKind.Qa, decision.Id, decision.CaseVersion, scene.Queue.Id) { Without = [decision.DeciderId.Value] }, CancellationToken.None);
            drawn = new QualitySample
            {
                DecisionId = decision.Id, CaseNumber = about.Number, PlanId = plan.Id, Rate = 1, Random = true, DrawnAt = db.Now, DecidedAt = decision.DecidedAt,
                DeciderId = decision.DeciderId, QueueId = scene.Queue.Id, Verdict = decision.Verdict, PolicyId = decision.PolicyId, TaskNumber = task.Number,
            };
            db.Db.Add(drawn);
        });
        return drawn!;
    }
}
