using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Queues;

/// <summary>All offer rules as one question.</summary>
public sealed class OfferRules(IEnumerable<IOfferRule> rules)
{
    private readonly IOfferRule[] _rules = [.. rules];

    /// <summary>Asks at once what the questions about these people will need.</summary>
    public async Task ReadAsync(ReadAhead reads, IReadOnlyList<Guid> people, DateTimeOffset now, CancellationToken cancellationToken)
    {
        foreach (IOfferRule rule in _rules)
        {
            await rule.ReadAsync(reads, people, now, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Whether a person may be offered anything at all at the moment.</summary>
    public async ValueTask<bool> MayWorkAsync(ReadAhead reads, Guid personId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        foreach (IOfferRule rule in _rules)
        {
            if (!await rule.MayWorkAsync(reads, personId, now, cancellationToken).ConfigureAwait(false))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>All that the person is not to be offered at the moment.</summary>
    public async ValueTask<OfferBar> BarAsync(ReadAhead reads, Guid personId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        OfferBar bar = OfferBar.None;
        foreach (IOfferRule rule in _rules)
        {
            bar = bar.With(await rule.BarAsync(reads, personId, now, cancellationToken).ConfigureAwait(false));
        }

        return bar;
    }

    /// <summary>Whether nothing speaks against a task for a person.</summary>
    public async ValueTask<bool> MayTakeAsync(OfferQuestion question, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(question);
        if (!await MayTakeBarAsideAsync(question, cancellationToken).ConfigureAwait(false))
        {
            return false;
        }

        OfferBar bar = question.Person.Bar ?? await BarAsync(new ReadAhead(question.Db), question.Person.Id, question.Now, cancellationToken).ConfigureAwait(false);
        long number = question.Task.CaseNumber;
        return bar.IsNone || !await bar.Cases(question.Db).AnyAsync(barred => barred == number, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Whether no rule about single tasks speaks against one for a person; what they are barred from is asked elsewhere.</summary>
    internal async ValueTask<bool> MayTakeBarAsideAsync(OfferQuestion question, CancellationToken cancellationToken)
    {
        foreach (IOfferRule rule in _rules)
        {
            if (!await rule.MayTakeAsync(question, cancellationToken).ConfigureAwait(false)
                || !await rule.MayTakeNowAsync(question, cancellationToken).ConfigureAwait(false))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The same where it does not matter that others have it first for a while.</summary>
    internal async ValueTask<bool> MayTakeInTimeAsync(OfferQuestion question, CancellationToken cancellationToken)
    {
        foreach (IOfferRule rule in _rules)
        {
            if (!await rule.MayTakeAsync(question, cancellationToken).ConfigureAwait(false))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether a task that a person drew ahead, or gave back a moment ago, may be shown to them: queue, pause, exclusions and rules are asked again.</summary>
    public async Task<bool> StillMayTakeAsync(WriteScope scope, Reviewer person, ReviewTask task, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(person);
        ArgumentNullException.ThrowIfNull(task);
        if (!person.Queues.Contains(task.QueueId) || person.IsPaused(task.QueueId, scope.Now)
            || await scope.Db.Set<TaskExclusion>().AnyAsync(row => row.TaskNumber == task.Number && row.PersonId == person.Id, cancellationToken).ConfigureAwait(false))
        {
            return false;
        }

        Case about = await scope.Db.Set<Case>().SingleAsync(row => row.Number == task.CaseNumber, cancellationToken).ConfigureAwait(false);
        WaitingTask asWaiting = TaskBoard.AsWaiting(task, about);
        return await MayTakeAsync(new OfferQuestion(scope.Db, person, asWaiting, scope.Now), cancellationToken).ConfigureAwait(false);
    }
}
