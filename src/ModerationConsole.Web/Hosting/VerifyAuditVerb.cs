using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit.Verification;

namespace ModerationConsole.Web.Hosting;

/// <summary>Recomputes the audit and says what is wrong with it. Reads only, and may run beside a serving console.</summary>
internal sealed class VerifyAuditVerb : IVerb
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };

    public string Name => "audit verify";

    public string Usage => "[--from N] [--json]   (N: the first leaf; exit 1 if anything is wrong)";

    public async Task<int> RunAsync(string[] args, IServiceProvider services, CancellationToken cancellationToken)
    {
        if (Read(args) is not var (from, json))
        {
            return ExitCode.WrongUse;
        }

        bool terminal = !Console.IsErrorRedirected;
        AuditVerification found = await services.GetRequiredService<VerifyAudit>().RunAsync(
            Caller.System, from, done => Show(done, terminal), cancellationToken);
        Show(null, terminal);
        Console.WriteLine(json ? JsonSerializer.Serialize(Summary(found), s_json) : Describe(found));
        return found.IsWhole ? ExitCode.Ok : ExitCode.Failed;
    }

    // A line that counts up for whoever watches; nothing where nobody does.
    private static void Show(long? done, bool terminal)
    {
        if (terminal)
        {
            Console.Error.Write(done is null ? Environment.NewLine : string.Create(CultureInfo.InvariantCulture, $"\r{done} entries"));
        }
    }

    private static object Summary(AuditVerification found) => new
    {
        whole = found.IsWhole,
        from = found.From,
        size = found.Size,
        entries = found.Entries,
        heads = found.Heads,
        tiles = found.Tiles,
        records = found.Records,
        waiting = found.Waiting,
        signedAt = found.Head?.SignedAt,
        covered = found.Head?.Size,
        wrong = found.Wrong,
        findings = found.Findings,
        seconds = Math.Round((found.TreeTime + found.RecordTime).TotalSeconds, 3),
        entriesPerSecond = Math.Round(found.Entries / Math.Max(found.TreeTime.TotalSeconds, 0.001)),
    };

    private static string Describe(AuditVerification found)
    {
        CultureInfo plain = CultureInfo.InvariantCulture;
        string upTo = found.Head is { } head
            ? string.Create(plain, $"The newest head covers {head.Size} and was signed at {head.SignedAt:yyyy-MM-dd HH:mm:ss} UTC.")
            : "No head has been signed.";
        string sum = string.Create(plain,
            $"Verified {found.Entries} entries from {found.From}, {found.Heads} heads, {found.Tiles} tiles and {found.Records} decisions and reveals in {(found.TreeTime + found.RecordTime).TotalSeconds:0.0} s. {upTo} {found.Waiting} entries wait to be sealed.");
        return string.Join(Environment.NewLine, [
            sum,
            .. found.Findings.Select(AuditFindingWords.Say),
            found.IsWhole ? "Nothing is wrong." : string.Create(plain, $"{found.Wrong} things are wrong."),
        ]);
    }

    private static (long From, bool Json)? Read(string[] args)
    {
        long from = 0;
        bool json = false;
        for (int i = 0; i < args.Length; i++)
        {
            if (args[i] == "--json")
            {
                json = true;
            }
            else if (args[i] != "--from" || ++i >= args.Length || !long.TryParse(args[i], NumberStyles.None, CultureInfo.InvariantCulture, out from))
            {
                return null;
            }
        }

        return (from, json);
    }
}

/// <summary>What is wrong, in a line for the operator.</summary>
internal static class AuditFindingWords
{
    public static string Say(AuditFinding finding)
    {
        string which = string.Create(CultureInfo.InvariantCulture, $"{finding.What} {finding.Number}{(finding.Detail is null ? "" : $" ({finding.Detail})")}");
        return finding.Fault switch
        {
            AuditFault.EntryChanged => $"{which}: the entry and its leaf do not fit; one of them was changed.",
            AuditFault.EntryMissing => $"{which}: its entry is missing.",
            AuditFault.EntryForeign => $"{which}: it is neither sealed nor waiting for it; it came in past the console.",
            AuditFault.LeafMissing => $"{which}: it is missing.",
            AuditFault.TileChanged => $"{which}: it is not what its leaves give.",
            AuditFault.TileMissing => $"{which}: it is missing.",
            AuditFault.HeadRoot => $"{which}: the leaves do not give its root.",
            AuditFault.HeadSignature => $"{which}: its signature does not fit.",
            AuditFault.HeadKey => $"{which}: it is signed by a key that is not here.",
            AuditFault.RecordChanged => $"{finding.What} {finding.Detail} (case {finding.Number}): it is not what the audit recorded.",
            AuditFault.RecordUnproved => $"{finding.What} {finding.Detail} (case {finding.Number}): the audit holds no hash of it.",
        };
    }
}
