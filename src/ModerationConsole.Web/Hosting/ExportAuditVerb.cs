using System.Globalization;
using System.Text.Json;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit.Proofs;
using ModerationConsole.Core.Audit.Sealing;

namespace ModerationConsole.Web.Hosting;

/// <summary>Writes the proof of a case to a file that <c>audit check</c> checks anywhere.</summary>
internal sealed class ExportAuditVerb : IVerb
{
    public string Name => "audit export";

    public string Usage => "--case NUMBER --out FILE";

    public async Task<int> RunAsync(string[] args, IServiceProvider services, CancellationToken cancellationToken)
    {
        if (Read(args) is not var (number, path))
        {
            return ExitCode.WrongUse;
        }

        try
        {
            // So that the proof holds everything that was committed until now.
            await services.GetRequiredService<SealAudit>().RunToHeadAsync(cancellationToken);
            Proved proved = await services.GetRequiredService<ProveCase>().RunAsync(Caller.System, number, cancellationToken);
            if (proved.Document is not { } document)
            {
                await Console.Error.WriteLineAsync(Explain(proved.Outcome, number));
                return ExitCode.Failed;
            }

            await File.WriteAllBytesAsync(path, JsonSerializer.SerializeToUtf8Bytes(document, ProofDocument.Json), cancellationToken);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"Wrote the proof of {document.Entries.Count} entries about case {number} to {path}, signed at {document.Head.SignedAt:yyyy-MM-dd HH:mm:ss} UTC by key {document.Head.KeyId}."));
            return ExitCode.Ok;
        }
        catch (AuditBrokenException error)
        {
            await Console.Error.WriteLineAsync($"The audit is not what was signed: {error.Message} Run 'audit verify'.");
            return ExitCode.Failed;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"{path} cannot be written: {error.Message}");
            return ExitCode.Failed;
        }
    }

    private static string Explain(ProveOutcome outcome, long number) => outcome switch
    {
        ProveOutcome.Missing => $"There is no case {number}.",
        ProveOutcome.NotYet => $"Nothing about case {number} is in the audit.",
        ProveOutcome.Broken => $"The audit gives no proof of case {number} that holds. Run 'audit verify'.",
        ProveOutcome.Proved => "",
    };

    private static (long Number, string Path)? Read(string[] args) => args switch
    {
        ["--case", var number, "--out", var path] => Read(number, path),
        ["--out", var path, "--case", var number] => Read(number, path),
        _ => null,
    };

    private static (long Number, string Path)? Read(string number, string path) =>
        long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out long value) ? (value, path) : null;
}
