namespace ModerationConsole.Core.Media;

/// <summary>Keeps each piece of media once, under the hash of its content, with the renditions made of it.</summary>
public interface IMediaStore
{
    /// <summary>Where files arrive before they are stored; on the same volume, so that storing is a rename.</summary>
    string IncomingDirectory { get; }

    /// <summary>Stores the file, or drops it when its content is already here. True when it was new.</summary>
    Task<bool> KeepAsync(IncomingMedia media, CancellationToken cancellationToken);

    /// <summary>The path of the stored original for the renderer, or null when there is none or the hash is none.</summary>
    string? FindOriginal(string sha256);

    /// <summary>The original to read, seekable, or null when there is none or the hash is none.</summary>
    Stream? OpenOriginal(string sha256);

    /// <summary>Stores a rendition of a step of the ladder, in place of an earlier one.</summary>
    /// <exception cref="ArgumentException">The hash is not 64 lower-case hex digits.</exception>
    Task KeepRenditionAsync(string sha256, MediaStep step, ReadOnlyMemory<byte> content, CancellationToken cancellationToken);

    /// <inheritdoc cref="KeepRenditionAsync(string, MediaStep, ReadOnlyMemory{byte}, CancellationToken)" />
    Task KeepRenditionAsync(string sha256, MediaStep step, Stream content, CancellationToken cancellationToken);

    /// <summary>A rendition to read, seekable, or null when there is none or the hash is none.</summary>
    Stream? OpenRendition(string sha256, MediaStep step);
}
