using System.Net.Http.Headers;
using System.Text;

namespace Cmms.Tests.GraphQL.Server;

/// <summary>GraphQL multipart requests, right and wrong.</summary>
internal static class Forms
{
    public const string Store = "mutation($files: [Upload!], $input: Folder) { store(files: $files, input: $input) }";

    /// <summary>A form of operations, map and files, in this order.</summary>
    public static MultipartFormDataContent Of(string operations, string map, params (string Part, string Name, byte[] Content)[] files)
    {
        MultipartFormDataContent form = new() { { Json(operations), "operations" }, { Json(map), "map" } };
        foreach (var (part, name, content) in files)
        {
            ByteArrayContent file = new(content);
            file.Headers.ContentType = new MediaTypeHeaderValue("image/png");
            // By hand: the library would clean the name.
            file.Headers.TryAddWithoutValidation("Content-Disposition", $"form-data; name=\"{part}\"; filename=\"{name}\"");
            form.Add(file);
        }
        return form;
    }

    /// <summary>The operations of <see cref="Store"/> with so many files to come.</summary>
    public static string Operations(int files) =>
        $$$"""{"query":"{{{Store}}}","variables":{"files":[{{{string.Join(',', Enumerable.Repeat("null", files))}}}]}}""";

    public static string Map(int files) => $"{{{string.Join(',', Enumerable.Range(0, files).Select(i => $"\"{i}\":[\"variables.files.{i}\"]"))}}}";

    public static async Task<HttpResponseMessage> SendAsync(this HttpClient http, Uri address, HttpContent form, string? preflight = "GraphQL-Preflight", string? accept = null)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, address) { Content = form };
        if (preflight is not null) request.Headers.Add(preflight, "1");
        if (accept is not null) request.Headers.TryAddWithoutValidation("Accept", accept);
        return await http.SendAsync(request);
    }

    /// <summary>A body that goes on until nobody takes any more of it.</summary>
    public sealed class Endless(byte[] head, byte[] wave, TimeSpan pause = default) : HttpContent
    {
        public long Sent { get; private set; }

        protected override async Task SerializeToStreamAsync(Stream stream, System.Net.TransportContext? context)
        {
            await stream.WriteAsync(head);
            while (true)
            {
                await stream.WriteAsync(wave);
                await stream.FlushAsync();
                Sent += wave.Length;
                if (pause > TimeSpan.Zero) await Task.Delay(pause);
            }
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }

        public static Endless File(string boundary = "x")
        {
            Endless form = new(Encoding.ASCII.GetBytes(
                $"--{boundary}\r\nContent-Disposition: form-data; name=\"operations\"\r\n\r\n{Operations(1)}\r\n--{boundary}\r\nContent-Disposition: form-data; name=\"map\"\r\n\r\n{Map(1)}\r\n"
                + $"--{boundary}\r\nContent-Disposition: form-data; name=\"0\"; filename=\"a\"\r\n\r\n"), new byte[64 * 1024]);
            form.Headers.TryAddWithoutValidation("Content-Type", $"multipart/form-data; boundary={boundary}");
            return form;
        }
    }

    private static StringContent Json(string text)
    {
        StringContent json = new(text);
        json.Headers.ContentType = null;
        return json;
    }
}
