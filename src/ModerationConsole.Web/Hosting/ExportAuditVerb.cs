using System.Globalization;
using System.Text.Json;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit.Proofs;
using ModerationConsole.Core.Audit.Sealing;

namespace ModerationConsole.Web.Hosting;

/// <summary>Writes a proof that <c>audit check</c> checks anywhere: of a case, or that the audit still begins with all that an earlier head covered.</summary>
internal sealed class ExportAuditVerb : IVerb
{
    public string Name => "audit export";

    public string Usage => "--case NUMBER --out FILE   or   --from SIZE [--to SIZE] --out FILE   (SIZE: of a signed head; the newest if left out)";

    public async Task<int> RunAsync(string[] args, IServiceProvider services, CancellationToken cancellationToken)
    {
        if (Order.Read(args) is not { } order)
        {
            return ExitCode.WrongUse;
        }

        try
        {
            // So that the proof holds everything that was committed until now.
            await services.GetRequiredService<SealAudit>().RunToHeadAsync(cancellationToken);
            (byte[]? proof, string said) = order.Case is { } number
                ? await ProveCaseAsync(services, number, cancellationToken)
                : await ProveConsistencyAsync(services, order.From!.Value, order.To, cancellationToken);
            if (proof is null)
            {
                await Console.Error.WriteLineAsync(said);
                return ExitCode.Failed;
            }

            await File.WriteAllBytesAsync(order.Out!, proof, cancellationToken);
            Console.WriteLine($"Wrote {said} to {order.Out}.");
            return ExitCode.Ok;
        }
        catch (AuditBrokenException error)
        {
            await Console.Error.WriteLineAsync($"The audit is not what was signed: {error.Message} Run 'audit verify'.");
            return ExitCode.Failed;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"{order.Out} cannot be written: {error.Message}");
            return ExitCode.Failed;
        }
    }

    private static async Task<(byte[]? Proof, string Said)> ProveCaseAsync(IServiceProvider services, long number, CancellationToken cancellationToken)
    {
        Proved proved = await services.GetRequiredService<ProveCase>().RunAsync(Caller.System, number, cancellationToken);
        return proved.Document is { } document
            ? (JsonSerializer.SerializeToUtf8Bytes(document, ProofDocument.Json), string.Create(CultureInfo.InvariantCulture,
                $"the proof of {document.Entries.Count} entries about case {number}, {Signed(document.Head)},"))
            : (null, proved.Outcome switch
            {
                ProveOutcome.Missing => $"There is no case {number}.",
                ProveOutcome.NotYet => $"Nothing about case {number} is in the audit.",
                ProveOutcome.Broken => $"The audit gives no proof of case {number} that holds. Run 'audit verify'.",
                // The operator at the machine has no session.
                ProveOutcome.Proved or ProveOutcome.ProveFirst => "",
            });
    }

    private static async Task<(byte[]? Proof, string Said)> ProveConsistencyAsync(IServiceProvider services, long from, long? to, CancellationToken cancellationToken)
    {
        ProvedConsistency proved = await services.GetRequiredService<ProveConsistency>().RunAsync(Caller.System, from, to, cancellationToken);
        return proved.Document is { } document
            ? (JsonSerializer.SerializeToUtf8Bytes(document, ProofDocument.Json), string.Create(CultureInfo.InvariantCulture,
                $"the proof that the head of {document.Second.Size}, {Signed(document.Second)}, begins with all of the head of {from},"))
            : (null, proved.Outcome == ProveOutcome.Broken
                ? "The audit gives no proof between these heads that holds. Run 'audit verify'."
                : $"There is no head of {from}{(to is null ? "" : $", or none of {to} after it")}.");
    }

    private static string Signed(ProofHead head) => string.Create(CultureInfo.InvariantCulture, $"signed at {head.SignedAt:yyyy-MM-dd HH:mm:ss} UTC by key {head.KeyId}");

    private sealed record Order(long? Case, long? From, long? To, string? Out)
    {
        public static Order? Read(string[] args)
        {
            Order order = new(null, null, null, null);
            for (int i = 0; i + 1 < args.Length; i += 2)
            {
                long? number = long.TryParse(args[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out long value) ? value : null;
                switch (args[i])
                {
                    case "--case" when number is not null:
                        order = order with { Case = number };
                        break;
                    case "--from" when number is not null:
                        order = order with { From = number };
                        break;
                    case "--to" when number is not null:
                        order = order with { To = number };
                        break;
                    case "--out":
                        order = order with { Out = args[i + 1] };
                        break;
                    default:
                        return null;
                }
            }

            bool one = order is { Case: not null, From: null, To: null } or { Case: null, From: not null };
            return args.Length % 2 == 0 && one && order.Out is not null ? order : null;
        }
    }
}
