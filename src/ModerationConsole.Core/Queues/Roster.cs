using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.People;

namespace ModerationConsole.Core.Queues;

/// <summary>Everyone who reviews, and whether any of them may take a task. A break or pause does not count; limits and opt-outs do.</summary>
internal sealed class Roster
{
    private readonly ConsoleDbContext _db;
    private readonly OfferRules _rules;
    private readonly DateTimeOffset _now;
    private readonly Dictionary<Guid, List<Reviewer>> _byQueue = [];
    private readonly Dictionary<Guid, OfferBar> _bars = [];
    private readonly Dictionary<(string Bar, long CaseNumber), bool> _barred = [];

    private Roster(ConsoleDbContext db, OfferRules rules, DateTimeOffset now, IEnumerable<Reviewer> people)
    {
        (_db, _rules, _now) = (db, rules, now);
        foreach (Reviewer person in people)
        {
            foreach (Guid queue in person.Queues)
            {
                _byQueue.TryAdd(queue, []);
                _byQueue[queue].Add(person);
            }
        }
    }

    /// <summary>Reads all enabled people who may review, with what they may work.</summary>
    public static async Task<Roster> ReadAsync(ConsoleDbContext db, OfferRules rules, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var people = await db.Set<Moderator>().Where(row => !row.Disabled)
            .Select(row => new { row.Id, row.TeamId, row.Languages }).ToListAsync(cancellationToken).ConfigureAwait(false);
        ILookup<Guid, string> roles = (await (
            from link in db.Set<IdentityUserRole<Guid>>()
            join role in db.Set<IdentityRole<Guid>>() on link.RoleId equals role.Id
            select new { link.UserId, role.Name }).ToListAsync(cancellationToken).ConfigureAwait(false)).ToLookup(row => row.UserId, row => row.Name!);
        ILookup<Guid, Permission> own = await db.HeldBesideStandingRolesAsync(cancellationToken).ConfigureAwait(false);
        ILookup<Guid, (Guid Id, QueueKind Kind)> queues = (await (
            from access in db.Set<QueueAccess>()
            join queue in db.Set<CaseQueue>() on access.QueueId equals queue.Id
            select new { access.PersonId, access.TeamId, queue.Id, queue.Kind }).ToListAsync(cancellationToken).ConfigureAwait(false))
            .ToLookup(row => row.PersonId ?? row.TeamId ?? Guid.Empty, row => (row.Id, row.Kind));

        List<Reviewer> reviewers = [];
        foreach (var person in people)
        {
            HashSet<Permission> permissions = [.. roles[person.Id].SelectMany(Roles.PermissionsOf), .. own[person.Id]];
            if (permissions.Contains(Permission.ReviewCases))
            {
                IEnumerable<(Guid Id, QueueKind Kind)> given = person.TeamId is { } team ? queues[person.Id].Concat(queues[team]) : queues[person.Id];
                reviewers.Add(new Reviewer(
                    person.Id,
                    permissions,
                    ReviewLanguage.List(person.Languages),
                    [.. given.Where(queue => Reviewer.MayWork(queue.Kind, permissions)).Select(queue => queue.Id).Distinct()]));
            }
        }

        return new Roster(db, rules, now, reviewers);
    }

    /// <summary>What a person is not to be offered for longer than a pause.</summary>
    public async Task<OfferBar> BarAsync(Guid personId, CancellationToken cancellationToken)
    {
        if (!_bars.TryGetValue(personId, out OfferBar? bar))
        {
            _bars[personId] = bar = (await _rules.BarAsync(new ReadAhead(_db), personId, _now, cancellationToken).ConfigureAwait(false)).Lasting;
        }

        return bar;
    }

    /// <summary>Whether a person is barred from a case.</summary>
    public async Task<bool> IsBarredAsync(Guid personId, long caseNumber, CancellationToken cancellationToken)
    {
        OfferBar bar = await BarAsync(personId, cancellationToken).ConfigureAwait(false);
        if (bar.IsNone)
        {
            return false;
        }

        if (!_barred.TryGetValue((bar.Key, caseNumber), out bool barred))
        {
            _barred[(bar.Key, caseNumber)] = barred = await bar.Cases(_db).AnyAsync(number => number == caseNumber, cancellationToken).ConfigureAwait(false);
        }

        return barred;
    }

    /// <summary>Who may take a task, exclusions and bars aside.</summary>
    public async Task<IReadOnlyList<Guid>> AbleAsync(WaitingTask task, CancellationToken cancellationToken)
    {
        List<Guid> able = [];
        foreach (Reviewer person in _byQueue.GetValueOrDefault(task.QueueId) ?? [])
        {
            if (await _rules.MayTakeInTimeAsync(new OfferQuestion(_db, person, task, _now), cancellationToken).ConfigureAwait(false))
            {
                able.Add(person.Id);
            }
        }

        return able;
    }
}
