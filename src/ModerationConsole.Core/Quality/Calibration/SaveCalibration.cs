using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.People;

namespace ModerationConsole.Core.Quality.Calibration;

/// <summary>A session as a lead wants it.</summary>
/// <param name="Id">The session; null for a new one.</param>
/// <param name="Cases">Numbers of its cases, in the order of the discussion.</param>
/// <param name="People">Who votes.</param>
/// <param name="Version">The version of the row it was read at; null for a new one.</param>
public sealed record CalibrationDraft(Guid? Id, string Name, IReadOnlyList<long> Cases, IReadOnlyList<Guid> People, long? Version = null);

/// <summary>What became of a session that was to be saved.</summary>
public enum SaveCalibrationOutcome
{
    Saved,

    /// <summary>The name is empty or longer than 200 characters.</summary>
    NameInvalid,

    /// <summary>There are fewer than 5 or more than 20 different cases.</summary>
    CaseCountInvalid,

    /// <summary>One of the cases is not there, or no settled decision on it is in force.</summary>
    CaseUnsuitable,

    /// <summary>There are fewer than 2 or more than 30 people.</summary>
    PeopleCountInvalid,

    /// <summary>One of the people may not review.</summary>
    PersonUnsuitable,

    /// <summary>Someone changed it meanwhile, its votes were asked for, or it is not there.</summary>
    Changed,
}

/// <summary>The answer, with the session, or the case that does not suit.</summary>
public sealed record SaveCalibrationResult(SaveCalibrationOutcome Outcome, Guid? SessionId = null, long? CaseNumber = null);

/// <summary>Puts together the cases and the people of a calibration session.</summary>
[Requires(Permission.RunQuality)]
public sealed class SaveCalibration(WritePath writes, IAccessGuard guard) : IUseCase
{
    /// <summary>Fewest people of a session: one alone agrees with nobody.</summary>
    public const int FewestPeople = 2;

    /// <summary>Most people of a session.</summary>
    public const int MostPeople = 30;

    /// <summary>Saves it while it is a draft.</summary>
    /// <exception cref="PermissionDeniedException">The caller may not run quality.</exception>
    public async Task<SaveCalibrationResult> RunAsync(Caller caller, CalibrationDraft draft, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<SaveCalibration>(caller, cancellationToken).ConfigureAwait(false);
        ArgumentNullException.ThrowIfNull(draft);
        CalibrationDraft clean = draft with { Name = DecisionText.Clean(draft.Name) ?? "", Cases = [.. draft.Cases.Distinct()], People = [.. draft.People.Distinct()] };
        if (Check(clean) is { } refusal)
        {
            return new SaveCalibrationResult(refusal);
        }

        foreach (Guid person in clean.People)
        {
            if (!await guard.HasAsync(Caller.Person(person), Permission.ReviewCases, cancellationToken).ConfigureAwait(false))
            {
                return new SaveCalibrationResult(SaveCalibrationOutcome.PersonUnsuitable);
            }
        }

        return await writes.RunAsync((scope, token) => SaveAsync(scope, caller, clean, token), cancellationToken).ConfigureAwait(false);
    }

    private static SaveCalibrationOutcome? Check(CalibrationDraft draft) => draft switch
    {
        { Name.Length: 0 or > TextLength.Id } => SaveCalibrationOutcome.NameInvalid,
        { Cases.Count: < CalibrationSession.FewestCases or > CalibrationSession.MostCases } => SaveCalibrationOutcome.CaseCountInvalid,
        { People.Count: < FewestPeople or > MostPeople } => SaveCalibrationOutcome.PeopleCountInvalid,
        _ => null,
    };

    private static async Task<SaveCalibrationResult> SaveAsync(WriteScope scope, Caller caller, CalibrationDraft draft, CancellationToken cancellationToken)
    {
        CalibrationSession? session = draft.Id is null
            ? new CalibrationSession { MadeBy = caller.Id, MadeAt = scope.Now }
            : await scope.Db.Set<CalibrationSession>().SingleOrDefaultAsync(row => row.Id == draft.Id, cancellationToken).ConfigureAwait(false);
        if (session is not { State: CalibrationState.Draft } || (draft.Id is not null && session.Version != draft.Version))
        {
            return new SaveCalibrationResult(SaveCalibrationOutcome.Changed);
        }

        List<CalibrationCase> cases = [];
        foreach (long number in draft.Cases)
        {
            (_, MeasurableCase? found) = await scope.Db.MeasurableAsync(number, cancellationToken).ConfigureAwait(false);
            if (found is null || found.StillUndoable(scope.Now))
            {
                return new SaveCalibrationResult(SaveCalibrationOutcome.CaseUnsuitable, CaseNumber: number);
            }

            cases.Add(new CalibrationCase { SessionId = session.Id, Position = cases.Count, CaseNumber = number, DecisionId = found.First });
        }

        if (await scope.Db.Set<Moderator>().CountAsync(row => draft.People.Contains(row.Id), cancellationToken).ConfigureAwait(false) < draft.People.Count)
        {
            return new SaveCalibrationResult(SaveCalibrationOutcome.PersonUnsuitable);
        }

        await ReplaceAsync(scope, session, draft, cases, cancellationToken).ConfigureAwait(false);
        scope.Record(caller, AuditAct.CalibrationSaved, subject: session.Id.ToString(), details: new Dictionary<string, object?>
        {
            ["cases"] = draft.Cases,
            ["people"] = draft.People,
        });
        return new SaveCalibrationResult(SaveCalibrationOutcome.Saved, session.Id);
    }

    private static async Task ReplaceAsync(
        WriteScope scope, CalibrationSession session, CalibrationDraft draft, List<CalibrationCase> cases, CancellationToken cancellationToken)
    {
        if (draft.Id is null)
        {
            scope.Db.Add(session);
        }
        else
        {
            await scope.Db.Set<CalibrationCase>().Where(row => row.SessionId == session.Id).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
            await scope.Db.Set<CalibrationPerson>().Where(row => row.SessionId == session.Id).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
            // Cases and people are part of it: whoever read it before is told that it changed.
            scope.Db.Update(session);
        }

        session.Name = draft.Name;
        scope.Db.AddRange(cases);
        scope.Db.AddRange(draft.People.Select(person => new CalibrationPerson { SessionId = session.Id, PersonId = person }));
    }
}
