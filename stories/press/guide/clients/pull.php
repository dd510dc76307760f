<?php
// Lấy tin của Gương sáng Đất Tổ (PHP 7.4 trở lên, không cần thư viện nào).
// Cho chạy mỗi phút (cron: php pull.php); chạy lại lúc nào cũng được. Biến môi trường:
//   GUONG_SANG_URL     địa chỉ trang, ví dụ https://phunu.example.vn
//   GUONG_SANG_KEY     khóa báo chí
//   GUONG_SANG_FOLDER  nơi cất: items/MÃ.json là bản mới nhất của từng mục, pictures/MÃ.jpg là ảnh in

const BUSY = [0, 429, 500, 502, 503, 504];
const GONE = [403, 404, 410];
$folder = getenv('GUONG_SANG_FOLDER') ?: 'guong-sang';
$api = getenv('GUONG_SANG_URL') . '/api/v1/press';
foreach (['items', 'pictures'] as $name) {
    is_dir("$folder/$name") || mkdir("$folder/$name", 0777, true);
}

/** Trả về [mã HTTP, nội dung]; mã 0 khi mất mạng. Máy chủ bận thì chờ rồi hỏi lại. */
function ask(string $url, ?string $data = null): array
{
    for ($attempt = 0; ; $attempt++) {
        $context = stream_context_create(['http' => [
            'method' => $data === null ? 'GET' : 'POST',
            'header' => ['X-API-Key: ' . getenv('GUONG_SANG_KEY'), 'Content-Type: application/json'],
            'content' => $data ?? '',
            'timeout' => 60,
            'ignore_errors' => true,
        ]]);
        $http_response_header = [];
        $content = @file_get_contents($url, false, $context);
        $head = implode("\n", $http_response_header);
        $status = preg_match('/^HTTP\S+ (\d+)/', $head, $found) ? (int) $found[1] : 0;
        // Đứt giữa chừng cũng là mất mạng.
        if (preg_match('/^Content-Length: (\d+)/im', $head, $found) && strlen($content) < (int) $found[1]) {
            $status = 0;
        }
        if (!in_array($status, BUSY, true) || $attempt === 4) {
            return [$status, $content];
        }
        sleep(preg_match('/^Retry-After: (\d+)/im', $head, $found) ? (int) $found[1] : 2 ** $attempt);
    }
}

/** Như ask, dừng hẳn khi không được; lần chạy sau tiếp tục từ chỗ này. */
function must(array $answer): string
{
    if ($answer[0] !== 200) {
        $why = json_decode((string) $answer[1], true)['detail'] ?? '';
        fwrite(STDERR, "Không lấy được tin: HTTP {$answer[0]} $why\n");
        exit(1);
    }
    return $answer[1];
}

/** Ghi trọn tệp mới rồi mới đổi tên: đứt giữa chừng thì tệp cũ vẫn nguyên. */
function save(string $path, string $content): void
{
    file_put_contents("$path.new", $content);
    rename("$path.new", $path);
}

/** Phiên bản đang giữ; 0 khi chưa có. */
function version(string $uuid): int
{
    global $folder;
    $path = "$folder/items/$uuid.json";
    return file_exists($path) ? json_decode(file_get_contents($path), true)['version'] : 0;
}

function store(array $item): void
{
    global $folder;
    $uuid = $item['uuid'];
    if (version($uuid) > $item['version']) {
        return; // đã giữ bản mới hơn (khi đọc lại từ đầu)
    }
    $picture = "$folder/pictures/$uuid.jpg";
    if ($item['pubstatus'] !== 'usable' && file_exists($picture)) {
        unlink($picture); // thu hồi, tạm gỡ: chỉ còn lời báo
    }
    foreach ($item['renditions'] ?? [] as $rendition) {
        if ($rendition['name'] === 'press') {
            $answer = ask($rendition['href']);
            if (!in_array($answer[0], GONE, true)) { // ảnh vừa bị thu hồi: lời báo nằm ở trang sau
                save($picture, must($answer));
            }
        }
    }
    save("$folder/items/$uuid.json", json_encode($item, JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES));
}

while (true) {
    $after = file_exists("$folder/cursor") ? file_get_contents("$folder/cursor") : '';
    $answer = ask("$api/feed/?" . http_build_query(['after' => $after]));
    if ($answer[0] === 410) {
        unlink("$folder/cursor"); // con trỏ quá cũ: đọc lại từ đầu
        continue;
    }
    $page = json_decode(must($answer), true);
    array_map('store', $page['items']);
    save("$folder/cursor", $page['next']); // sau khi đã cất xong cả trang
    if ($page['next'] === $after) {
        break;
    }
}

// Xác nhận những đính chính, thu hồi đã làm theo (đã lên trang của mình thì gỡ ở đó trước).
$done = [];
foreach (json_decode(must(ask("$api/confirmations/")), true)['items'] as $asked) {
    if (version($asked['uuid']) >= $asked['version']) {
        $done[] = ['uuid' => $asked['uuid'], 'version' => $asked['version']];
    }
}
if ($done) {
    must(ask("$api/confirmations/", json_encode(['items' => array_slice($done, 0, 100)])));
}
