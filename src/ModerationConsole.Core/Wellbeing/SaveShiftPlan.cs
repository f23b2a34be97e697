using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Live;
using ModerationConsole.Core.People;

namespace ModerationConsole.Core.Wellbeing;

/// <summary>What came of saving a shift plan.</summary>
public enum SaveShiftPlanOutcome
{
    Saved,
    UnknownSubject,

    /// <summary>A limit is below zero or above <see cref="WellbeingOptions.MostSevereMinutes"/>.</summary>
    LimitInvalid,

    /// <summary>Hours need a beginning, another end and at least one day.</summary>
    HoursInvalid,
    UnknownTimeZone,

    /// <summary>Someone else changed it meanwhile.</summary>
    Changed,
}

/// <summary>Shift hours and limits to store; null leaves one to the team's plan and the console's settings.</summary>
/// <param name="SubjectId">A team or a person.</param>
/// <param name="TimeZone">IANA zone of the hours; empty for UTC.</param>
/// <param name="Version">The version it was read at; null for a new one.</param>
public sealed record ShiftPlanDraft(
    Guid SubjectId, int? SeverePerShift = null, int? SeverePerDay = null, int? SevereAtAStretch = null, TimeOnly? From = null, TimeOnly? To = null,
    ShiftDays Days = ShiftDays.All, string TimeZone = "", long? Version = null);

/// <summary>Sets shift hours and limits of a team or a person.</summary>
[Requires(Permission.PlanShifts)]
public sealed class SaveShiftPlan(WritePath writes, IAccessGuard guard) : IUseCase
{
    /// <summary>Stores the plan.</summary>
    public async Task<SaveShiftPlanOutcome> RunAsync(Caller caller, ShiftPlanDraft draft, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<SaveShiftPlan>(caller, cancellationToken).ConfigureAwait(false);
        ArgumentNullException.ThrowIfNull(draft);
        if (Refusal(draft) is { } refusal)
        {
            return refusal;
        }

        return await writes.RunAsync((scope, token) => SaveAsync(scope, caller, draft, token), cancellationToken).ConfigureAwait(false);
    }

    private static SaveShiftPlanOutcome? Refusal(ShiftPlanDraft draft)
    {
        if (new[] { draft.SeverePerShift, draft.SeverePerDay, draft.SevereAtAStretch }.Any(limit => limit is < 0 or > WellbeingOptions.MostSevereMinutes))
        {
            return SaveShiftPlanOutcome.LimitInvalid;
        }

        bool hours = draft.From is not null && draft.To is not null && draft.From != draft.To && draft.Days is not ShiftDays.None && (draft.Days & ~ShiftDays.All) == 0;
        if (!hours && (draft.From is not null || draft.To is not null))
        {
            return SaveShiftPlanOutcome.HoursInvalid;
        }

        return draft.TimeZone.Length > 0 && (draft.TimeZone.Length > TextLength.Id || !TimeZoneInfo.TryFindSystemTimeZoneById(draft.TimeZone, out _))
            ? SaveShiftPlanOutcome.UnknownTimeZone
            : null;
    }

    private static async Task<SaveShiftPlanOutcome> SaveAsync(WriteScope scope, Caller caller, ShiftPlanDraft draft, CancellationToken cancellationToken)
    {
        bool isTeam = await scope.Db.Set<Team>().AnyAsync(row => row.Id == draft.SubjectId, cancellationToken).ConfigureAwait(false);
        if (!isTeam && !await scope.Db.Set<Moderator>().AnyAsync(row => row.Id == draft.SubjectId, cancellationToken).ConfigureAwait(false))
        {
            return SaveShiftPlanOutcome.UnknownSubject;
        }

        ShiftPlan? plan = await scope.Db.Set<ShiftPlan>().SingleOrDefaultAsync(row => row.SubjectId == draft.SubjectId, cancellationToken).ConfigureAwait(false);
        if (plan?.Version != draft.Version)
        {
            return SaveShiftPlanOutcome.Changed;
        }

        plan ??= scope.Db.Add(new ShiftPlan { SubjectId = draft.SubjectId, IsTeam = isTeam }).Entity;
        (plan.SeverePerShift, plan.SeverePerDay, plan.SevereAtAStretch) = (draft.SeverePerShift, draft.SeverePerDay, draft.SevereAtAStretch);
        (plan.From, plan.To, plan.Days, plan.TimeZone) = (draft.From, draft.To, draft.Days, draft.TimeZone);
        // That it was changed is recorded. What someone's limits are is between them and who plans shifts.
        scope.Record(caller, isTeam ? AuditAct.TeamChanged : AuditAct.PersonChanged, subject: draft.SubjectId.ToString());
        if (!isTeam)
        {
            scope.Publish(LiveKind.PersonChanged, personId: draft.SubjectId);
        }

        return SaveShiftPlanOutcome.Saved;
    }
}
