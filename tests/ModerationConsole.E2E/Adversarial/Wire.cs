using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace ModerationConsole.E2E.Adversarial;

/// <summary>A bare socket: for what no client library sends.</summary>
internal static partial class Wire
{
    // Only for an answer that comes after another, which is what must not be: none is expected.
    private static readonly TimeSpan s_quiet = TimeSpan.FromMilliseconds(700);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(40);

    /// <summary>Sends bytes as they stand and reads until the server ends the connection or has nothing more to say.</summary>
    /// <param name="after">What is sent bit by bit once the first part is gone.</param>
    public static async Task<WireAnswer> SendAsync(Uri address, string head, Func<Stream, CancellationToken, Task>? after = null)
    {
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(s_patience);
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, address.Port, patience.Token);
        await using NetworkStream stream = new(socket);
        using CancellationTokenSource answered = CancellationTokenSource.CreateLinkedTokenSource(patience.Token);
        Task sending = PourAsync(stream, head, after, answered.Token);
        StringBuilder all = new();
        bool ended = await ReadAsync(stream, all, patience.Token);
        await answered.CancelAsync();
        await sending;
        return new WireAnswer([.. Status().Matches(all.ToString()).Select(match => int.Parse(match.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture))], ended, all.ToString());
    }

    private static async Task PourAsync(NetworkStream stream, string head, Func<Stream, CancellationToken, Task>? after, CancellationToken cancel)
    {
        try
        {
            await stream.WriteAsync(Encoding.Latin1.GetBytes(head), cancel);
            await (after?.Invoke(stream, cancel) ?? Task.CompletedTask);
        }
        catch (Exception end) when (end is IOException or OperationCanceledException)
        {
            // The server has had enough, which is what is asked of it.
        }
    }

    private static async Task<bool> ReadAsync(NetworkStream stream, StringBuilder all, CancellationToken cancel)
    {
        byte[] buffer = new byte[16 * 1024];
        while (true)
        {
            using CancellationTokenSource quiet = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            if (all.Length > 0)
            {
                quiet.CancelAfter(s_quiet);
            }

            try
            {
                int read = await stream.ReadAsync(buffer, quiet.Token);
                if (read == 0)
                {
                    return true;
                }

                all.Append(Encoding.Latin1.GetString(buffer, 0, read));
            }
            catch (IOException)
            {
                return true;
            }
            catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
            {
                return false;
            }
        }
    }

    [GeneratedRegex(@"^HTTP/1\.1 (\d{3})", RegexOptions.Multiline)]
    private static partial Regex Status();
}

/// <summary>What came back.</summary>
/// <param name="Statuses">Of each answer, in order.</param>
/// <param name="Ended">Whether the server ended the connection.</param>
internal sealed record WireAnswer(IReadOnlyList<int> Statuses, bool Ended, string Text);
