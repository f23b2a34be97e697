using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Policies;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Escalations;

/// <summary>Whose escalations are wanted.</summary>
public enum EscalationSide
{
    /// <summary>All that the caller may know of.</summary>
    All,

    /// <summary>Those that the caller asked.</summary>
    Asked,

    /// <summary>Open ones that were put to the caller: by name, by area, for an opinion, or that they have in hand.</summary>
    ToAnswer,
}

/// <summary>What of all escalations is wanted.</summary>
public sealed record EscalationFilter
{
    /// <summary>Whose.</summary>
    public EscalationSide Side { get; init; }

    /// <summary>The area that they were put to.</summary>
    public string? AreaId { get; init; }

    /// <summary>How pressing they are.</summary>
    public EscalationUrgency? Urgency { get; init; }

    /// <summary>Where they stand.</summary>
    public EscalationState? State { get; init; }

    /// <summary>How many to leave out: those of the parts before.</summary>
    public int Skip { get; init; }
}

/// <summary>An escalation in a list.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Question">The beginning of the question; empty where an emergency was raised without words.</param>
/// <param name="DueAt">By when it is to be answered, UTC; null for no time.</param>
/// <param name="Verdict">What was ruled.</param>
public sealed record EscalationRow(
    long Number, long CaseNumber, string Question, EscalationUrgency Urgency, EscalationState State, string AskedBy, DateTimeOffset AskedAt, DateTimeOffset? DueAt,
    string? Area, string? AskedOf, Verdict? Verdict);

/// <summary>A part of the list, and how many there are on each side.</summary>
/// <param name="More">Whether others follow.</param>
/// <param name="Open">Open ones of all that the caller may know of.</param>
/// <param name="Asked">Open ones that the caller asked.</param>
/// <param name="ToAnswer">Open ones that were put to the caller.</param>
/// <param name="SeesAll">Whether the caller sees those of others at all.</param>
public sealed record FoundEscalations(IReadOnlyList<EscalationRow> Rows, bool More, int Open, int Asked, int ToAnswer, bool SeesAll);

/// <summary>Questions to experts: open ones first, by when they are due.</summary>
[Requires(Permission.ViewCases)]
public sealed class ListEscalations(IDbContextFactory<ConsoleDbContext> contexts, IAccessGuard guard, IUnseenCases unseen) : IUseCase
{
    /// <summary>How many one part holds.</summary>
    public const int Part = 50;

    private const int MostSkipped = 5_000;
    private const int Excerpt = 90;

    /// <summary>Lists them.</summary>
    public async Task<FoundEscalations> RunAsync(Caller caller, EscalationFilter filter, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<ListEscalations>(caller, cancellationToken).ConfigureAwait(false);
        ArgumentNullException.ThrowIfNull(filter);
        IReadOnlySet<Permission> permissions = await guard.PermissionsOfAsync(caller, cancellationToken).ConfigureAwait(false);
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            IQueryable<Escalation> seen = db.EscalationsInSightOf(caller, permissions, unseen).AsNoTracking();
            IQueryable<Escalation> open = Standing(db, seen, EscalationState.Open);
            List<EscalationRow> rows = await RowsAsync(db, Narrow(db, seen, caller, filter), filter.Skip, cancellationToken).ConfigureAwait(false);
            return new FoundEscalations(
                [.. rows.Take(Part)],
                rows.Count > Part,
                await open.CountAsync(cancellationToken).ConfigureAwait(false),
                await Side(db, open, caller, EscalationSide.Asked).CountAsync(cancellationToken).ConfigureAwait(false),
                await Side(db, open, caller, EscalationSide.ToAnswer).CountAsync(cancellationToken).ConfigureAwait(false),
                permissions.Contains(Permission.ViewEscalations) || permissions.Contains(Permission.RuleOnEscalations));
        }
    }

    private static IQueryable<Escalation> Narrow(ConsoleDbContext db, IQueryable<Escalation> rows, Caller caller, EscalationFilter filter)
    {
        rows = Side(db, rows, caller, filter.Side);
        rows = filter.AreaId is { } area ? rows.Where(row => row.AreaId == area) : rows;
        rows = filter.Urgency is { } urgency ? rows.Where(row => row.Urgency == urgency) : rows;
        return filter.State is { } state ? Standing(db, rows, state) : rows;
    }

    private static IQueryable<Escalation> Side(ConsoleDbContext db, IQueryable<Escalation> rows, Caller caller, EscalationSide side)
    {
        Guid me = caller.Id;
        return side switch
        {
            EscalationSide.All => rows,
            EscalationSide.Asked => rows.Where(row => row.AskedBy == me),
            EscalationSide.ToAnswer => Standing(db, rows, EscalationState.Open).Where(row => row.AskedBy != me
                && (row.AskedOf == me
                    || db.Set<AreaExpert>().Any(named => named.AreaId == row.AreaId && named.PersonId == me)
                    || db.Set<EscalationConsult>().Any(asked => asked.EscalationId == row.Id && asked.PersonId == me)
                    || db.Set<ActiveLease>().Any(lease => lease.TaskNumber == row.ExpertTask && lease.PersonId == me))),
            _ => throw new ArgumentOutOfRangeException(nameof(side)),
        };
    }

    private static IQueryable<Escalation> Standing(ConsoleDbContext db, IQueryable<Escalation> rows, EscalationState state) => state switch
    {
        EscalationState.Ruled => rows.Where(row => row.DecisionId != null),
        EscalationState.Open => rows.Where(row => row.DecisionId == null
            && db.Set<ReviewTask>().Any(task => task.Number == row.ExpertTask && (task.State == TaskState.Waiting || task.State == TaskState.Leased))),
        EscalationState.HandedOn => rows.Where(row => row.DecisionId == null && db.Set<ReviewTask>().Any(task => task.Number == row.ExpertTask && task.State == TaskState.Done)),
        EscalationState.Withdrawn => rows.Where(row => row.DecisionId == null && db.Set<ReviewTask>().Any(task => task.Number == row.ExpertTask && task.State == TaskState.Withdrawn)),
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };

    private static async Task<List<EscalationRow>> RowsAsync(ConsoleDbContext db, IQueryable<Escalation> rows, int skip, CancellationToken cancellationToken)
    {
        var found = await (
            from row in rows
            join task in db.Set<ReviewTask>() on row.ExpertTask equals task.Number
            join asker in db.Set<Moderator>() on row.AskedBy equals asker.Id
            join one in db.Set<Moderator>() on row.AskedOf equals one.Id into people
            from person in people.DefaultIfEmpty()
            join policy in db.Set<Policy>() on row.AreaId equals policy.Id into areas
            from area in areas.DefaultIfEmpty()
            join answer in db.Set<Decision>() on row.DecisionId equals answer.Id into answers
            from decision in answers.DefaultIfEmpty()
            let over = row.DecisionId != null || task.State == TaskState.Done || task.State == TaskState.Withdrawn
            orderby over, over ? Instant.Never : task.DueAt, row.AskedAt descending, row.ExpertTask descending
            select new
            {
                row.ExpertTask,
                row.CaseNumber,
                row.Question,
                row.Urgency,
                row.DecisionId,
                task.State,
                Asker = asker.DisplayName,
                row.AskedAt,
                task.DueAt,
                Area = area == null ? null : area.Name,
                Person = person == null ? null : person.DisplayName,
                Verdict = decision == null ? (Verdict?)null : decision.Verdict,
            }).Skip(Math.Clamp(skip, 0, MostSkipped)).Take(Part + 1).ToListAsync(cancellationToken).ConfigureAwait(false);
        return
        [
            .. found.Select(row => new EscalationRow(
                row.ExpertTask, row.CaseNumber, row.Question.Length > Excerpt ? $"{row.Question[..Excerpt].TrimEnd()}…" : row.Question, row.Urgency,
                Escalation.StateOf(row.DecisionId, row.State), row.Asker, row.AskedAt, row.DueAt == Instant.Never ? null : row.DueAt, row.Area, row.Person, row.Verdict)),
        ];
    }
}
