using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.Media;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Tests.Support.Faults;

/// <summary>People who claim and decide through the program's use cases, and now and then skip, undo, press twice or walk away.</summary>
internal sealed class SimulatedModerators(IServiceProvider services, Load load, IOptions<LeaseOptions> lease, IHostApplicationLifetime life) : BackgroundService
{
    private readonly Journal _journal = new(load.Journal);

    public override void Dispose()
    {
        _journal.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, life.ApplicationStopping);
        await StartedAsync(stop.Token);
        List<Guid> people = await PeopleAsync(stop.Token);
        await Task.WhenAll(people.Skip(load.Elsewhere).Take(load.Moderators).Select((id, place) => WorkAsync(Caller.Person(id), new Random(load.Seed + place), stop.Token)));
    }

    private async Task StartedAsync(CancellationToken stop)
    {
        TaskCompletionSource started = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using CancellationTokenRegistration registration = life.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stop);
    }

    private async Task<List<Guid>> PeopleAsync(CancellationToken stop)
    {
        while (true)
        {
            try
            {
                await using ConsoleDbContext db = await services.GetRequiredService<IDbContextFactory<ConsoleDbContext>>().CreateDbContextAsync(stop);
                return await db.Set<Moderator>().Where(row => row.DisplayName.StartsWith(FaultScene.PersonName)).OrderBy(row => row.DisplayName)
                    .Select(row => row.Id).ToListAsync(stop);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                // Whoever asks for a page while the database is away asks again.
                _journal.Note("fault", error.GetType().Name, error.Message.ReplaceLineEndings(" "));
                await Task.Delay(500, stop);
            }
        }
    }

    private async Task WorkAsync(Caller person, Random random, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await ReviewAsync(person, random, stop);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                if (!stop.IsCancellationRequested)
                {
                    _journal.Note("fault", error.GetType().Name, error.Message.ReplaceLineEndings(" "));
                }

                await Task.Delay(100, CancellationToken.None);
            }
        }
    }

    private async Task ReviewAsync(Caller person, Random random, CancellationToken stop)
    {
        await Task.Delay(random.Next(load.PauseMs + 1), stop);
        ClaimResult claim = await Use<ClaimNextCase>().RunAsync(person, null, cancellationToken: stop);
        if (claim.Task is not { } task)
        {
            await Task.Delay(100, stop);
            return;
        }

        _journal.Note("holds", person.Id, task.TaskNumber, task.Fence);
        await LookAsync(person, task, stop);
        await Task.Delay(random.Next(load.PauseMs + 1), stop);
        int luck = load.Steady ? 102 : random.Next(100);
        if (luck < 2)
        {
            // Walks away from the screen.
            await Task.Delay(TimeSpan.FromSeconds(lease.Value.Seconds + 2), stop);
        }
        else if (luck < 8)
        {
            await GiveBackAsync(person, task, exclude: luck < 4);
        }
        else if (await DecideAsync(person, task.TaskNumber, task.Fence, luck) is { } decision && luck < 20)
        {
            await UndoAsync(person, decision, luck);
        }
    }

    // Whoever has a picture before them looks at its first clear step; every other hides it again.
    private async Task LookAsync(Caller person, LeasedTask task, CancellationToken stop)
    {
        if (await PictureAsync(task.CaseNumber, stop) is not { } media)
        {
            return;
        }

        RevealRequest request = new(media, MediaStep.GreyStill, MediaFilters.None) { Task = new DrawnTask(task.TaskNumber, task.Fence) };
        RevealResult revealed = await Use<RevealMedia>().RunAsync(person, request, CancellationToken.None);
        if (revealed.RevealId is not { } reveal)
        {
            return;
        }

        OpenedMedia opened = await Use<OpenMedia>().RunAsync(person, media, request.Step, reveal, null, CancellationToken.None);
        if (opened.Content is { } content)
        {
            await using (content)
            {
                byte[] first = new byte[1];
                await content.ReadExactlyAsync(first, CancellationToken.None);
                _journal.Note("served", reveal, person.Id, media, task.TaskNumber, task.Fence);
                await content.CopyToAsync(Stream.Null, CancellationToken.None);
            }
        }

        if (task.TaskNumber % 2 == 0 && await Use<HideMedia>().RunAsync(person, reveal, CancellationToken.None) is HideOutcome.Hidden or HideOutcome.AlreadyHidden)
        {
            _journal.Note("hidden", reveal);
        }
    }

    private async Task<Guid?> PictureAsync(long caseNumber, CancellationToken stop)
    {
        await using ConsoleDbContext db = await services.GetRequiredService<IDbContextFactory<ConsoleDbContext>>().CreateDbContextAsync(stop);
        return await (
            from about in db.Set<Case>()
            join link in db.Set<ItemMedia>() on about.ItemVersionId equals link.ItemVersionId
            join media in db.Set<MediaObject>() on link.MediaId equals media.Id
            where about.Number == caseNumber && media.Ladder == LadderState.Ready
            select (Guid?)media.Id).FirstOrDefaultAsync(stop);
    }

    private async Task GiveBackAsync(Caller person, LeasedTask task, bool exclude)
    {
        ReleaseOutcome outcome = await Use<ReleaseTask>().RunAsync(person, task.TaskNumber, task.Fence, exclude, CancellationToken.None);
        if (outcome == ReleaseOutcome.Released)
        {
            _journal.Note("released", person.Id, task.TaskNumber, task.Fence);
        }
    }

    private async Task<Guid?> DecideAsync(Caller person, long task, long fence, int luck)
    {
        // One in ten presses the key twice.
        Task<DecideResult>[] presses = [.. Enumerable.Range(0, luck is >= 30 and < 40 ? 2 : 1)
            .Select(_ => Use<DecideCase>().RunAsync(person, Verdict(task, fence, luck), CancellationToken.None))];
        DecideResult[] results = await Task.WhenAll(presses);
        foreach (DecideResult result in results)
        {
            if (result is { Outcome: DecideOutcome.Decided or DecideOutcome.AlreadyDecided, DecisionId: { } id })
            {
                _journal.Note("decided", id, person.Id, task, fence, result.Outcome, result.Ordered.Count);
            }
            else
            {
                _journal.Note("refused", result.Outcome, person.Id, task, fence);
            }
        }

        return results[0].DecisionId;
    }

    private async Task UndoAsync(Caller person, Guid decision, int luck)
    {
        UndoResult undone = await Use<UndoDecision>().RunAsync(person, decision, CancellationToken.None);
        if (undone is { Outcome: UndoOutcome.Undone, Task: { } again })
        {
            _journal.Note("undone", decision, person.Id, again.TaskNumber, again.Fence);
            await DecideAsync(person, again.TaskNumber, again.Fence, luck + 50);
        }
    }

    private static DecideCommand Verdict(long task, long fence, int luck) => luck % 5 < 2
        ? new DecideCommand(task, fence, Core.Decisions.Verdict.Allow)
        : new DecideCommand(task, fence, Core.Decisions.Verdict.Violation)
        {
            PolicyId = FaultScene.PolicyId,
            ReasonForUser = "This breaks a rule.",
            Actions = [new ActionOrder(FaultScene.ActionId)],
        };

    private T Use<T>()
        where T : class, IUseCase => ActivatorUtilities.GetServiceOrCreateInstance<T>(services);
}
