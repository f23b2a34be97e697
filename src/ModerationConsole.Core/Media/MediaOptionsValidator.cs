using Microsoft.Extensions.Options;

namespace ModerationConsole.Core.Media;

/// <summary>Refuses settings of section <c>Media</c> that cannot work, naming each key.</summary>
public sealed class MediaOptionsValidator : IValidateOptions<MediaOptions>
{
    private const long SmallestMaxBytes = 1024;
    private const long LargestMaxBytes = 2L * 1024 * 1024 * 1024;
    private const int LongestTimeoutSeconds = 600;
    private const int LongestClipTimeoutSeconds = 3_600;

    public ValidateOptionsResult Validate(string? name, MediaOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var failures = new List<string>();
        for (var index = 0; index < options.AllowedHosts.Count; index++)
        {
            if (!AllowedHosts.TryReadEntry(options.AllowedHosts[index], out _))
            {
                failures.Add($"Media:AllowedHosts:{index} must be an exact host:port, such as media.example:443.");
            }
        }

        Range("MaxBytes", options.MaxBytes, SmallestMaxBytes, LargestMaxBytes);
        Range("FetchTimeoutSeconds", options.FetchTimeoutSeconds, 1, LongestTimeoutSeconds);
        Range("RenderTimeoutSeconds", options.RenderTimeoutSeconds, 1, LongestTimeoutSeconds);
        Range("ClipTimeoutSeconds", options.ClipTimeoutSeconds, 1, LongestClipTimeoutSeconds);
        if (!Enum.IsDefined(options.Sandbox))
        {
            failures.Add("Media:Sandbox must be Auto, Required or Off.");
        }

        if (options.KeyFile.Length > 0 && !MediaKeyFile.IsSound(options.KeyFile))
        {
            failures.Add("Media:KeyFile must name a file that holds keys of 32 bytes in base64, one a line.");
        }

        Named("FfmpegPath", options.FfmpegPath);
        Named("FfprobePath", options.FfprobePath);
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);

        void Range(string key, long value, long least, long most)
        {
            if (value < least || value > most)
            {
                failures.Add($"Media:{key} must lie between {least} and {most}.");
            }
        }

        void Named(string key, string value)
        {
            if (string.IsNullOrWhiteSpace(value))
            {
                failures.Add($"Media:{key} must name a program.");
            }
        }
    }
}
