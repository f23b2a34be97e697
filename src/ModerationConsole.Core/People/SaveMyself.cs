using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.People;

/// <summary>How saving one's own settings ended.</summary>
public enum SaveMyselfOutcome
{
    Saved,
    UnknownTheme,
    UnknownTimeZone,

    /// <summary>The desk's settings are no JSON object, or too long.</summary>
    InvalidDeskSettings,
}

/// <summary>A person's own settings; null leaves one as it is.</summary>
/// <param name="Theme">One of <see cref="Themes.All"/>.</param>
/// <param name="TimeZone">IANA zone; empty means the browser's.</param>
/// <param name="DeskSettings">A JSON object that takes the place of the one before.</param>
/// <param name="DeskPatch">A JSON object whose members take the place of those of the same name, one by one; null removes one.</param>
public sealed record MySettings(string? Theme = null, string? TimeZone = null, string? DeskSettings = null, string? DeskPatch = null);

/// <summary>Saves the signed-in person's own settings.</summary>
[Requires(Permission.UseConsole)]
public sealed class SaveMyself(WritePath writes, IAccessGuard guard) : IUseCase
{
    /// <summary>Saves what <paramref name="settings"/> names.</summary>
    public async Task<SaveMyselfOutcome> RunAsync(Caller caller, MySettings settings, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<SaveMyself>(caller, cancellationToken).ConfigureAwait(false);
        ArgumentNullException.ThrowIfNull(settings);
        if (settings.Theme is { } theme && !Themes.All.Contains(theme))
        {
            return SaveMyselfOutcome.UnknownTheme;
        }

        if (settings.TimeZone is { Length: > 0 } zone && (zone.Length > TextLength.Id || !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _)))
        {
            return SaveMyselfOutcome.UnknownTimeZone;
        }

        if ((settings.DeskSettings is { } desk && !IsObject(desk)) || (settings.DeskPatch is { } patch && !IsObject(patch)))
        {
            return SaveMyselfOutcome.InvalidDeskSettings;
        }

        return await writes.RunAsync(
            async (scope, cancel) =>
            {
                Moderator person = await scope.Db.Set<Moderator>().SingleAsync(row => row.Id == caller.Id, cancel).ConfigureAwait(false);
                string wanted = settings.DeskPatch is { } changes
                    ? Patch(settings.DeskSettings ?? person.DeskSettings, changes)
                    : settings.DeskSettings ?? person.DeskSettings;
                if (wanted.Length > TextLength.Note)
                {
                    return SaveMyselfOutcome.InvalidDeskSettings;
                }

                person.Theme = settings.Theme ?? person.Theme;
                person.TimeZone = settings.TimeZone ?? person.TimeZone;
                person.DeskSettings = wanted;
                // Which of their settings a person likes how is nobody else's business: the act is recorded, not the values.
                scope.Record(caller, AuditAct.PersonChanged, subject: caller.Id.ToString());
                scope.TellOf(caller.Id, PersonChange.Profile, guard);
                return SaveMyselfOutcome.Saved;
            },
            cancellationToken).ConfigureAwait(false);
    }

    // Inside the write, so that two pages that save different settings at once both keep theirs.
    private static string Patch(string settings, string changes)
    {
        JsonObject patched = JsonNode.Parse(settings)?.AsObject() ?? [];
        foreach ((string name, JsonNode? value) in JsonNode.Parse(changes)!.AsObject())
        {
            if (value is null)
            {
                patched.Remove(name);
            }
            else
            {
                patched[name] = value.DeepClone();
            }
        }

        return patched.ToJsonString();
    }

    private static bool IsObject(string json)
    {
        if (json.Length > TextLength.Note)
        {
            return false;
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
